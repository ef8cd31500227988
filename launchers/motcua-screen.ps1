<#
.SYNOPSIS
Shows one page of the desk on a whole screen, for ever: the wall, a kiosk, a pad.
.EXAMPLE
.\motcua-screen.ps1 wall -Server http://192.168.1.10:8080
.EXAMPLE
.\motcua-screen.ps1 "pad?counter=3" -Server http://192.168.1.10:8080 -Position 1920,0
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)][ValidatePattern('^/?[A-Za-z0-9/?=&_.-]+$')][string]$Page,
    [Parameter(Mandatory)][ValidatePattern('^https?://[^/\s]+/?$')][string]$Server,
    [switch]$Printing,
    [ValidateCount(2, 2)][int[]]$Size,
    [ValidateCount(2, 2)][int[]]$Position = @(0, 0),
    [string]$UserData,
    [ValidatePattern('^(([01]\d|2[0-3]):[0-5]\d|never)$')][string]$RestartAt = '03:30',
    [string]$Browser
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Say([string]$Text) { Write-Output ('{0:yyyy-MM-dd HH:mm:ss} motcua-screen: {1}' -f (Get-Date), $Text) }

$me = New-Object Security.Principal.WindowsPrincipal([Security.Principal.WindowsIdentity]::GetCurrent())
if ($me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    Say 'not as administrator: a browser must not be able to do everything on this computer'
    exit 2
}

$Page = $Page.TrimStart('/')
$Server = $Server.TrimEnd('/')
if (-not $Browser) {
    $places = foreach ($root in $env:ProgramFiles, ${env:ProgramFiles(x86)}, $env:LOCALAPPDATA) {
        if ($root) { "$root\Chromium\Application\chrome.exe"; "$root\Google\Chrome\Application\chrome.exe"; "$root\Microsoft\Edge\Application\msedge.exe" }
    }
    $Browser = $places | Where-Object { Test-Path $_ } | Select-Object -First 1
}
if (-not $Browser) { Say 'no Chromium, Chrome or Edge here; name one with -Browser'; exit 2 }
if (-not $UserData) { $UserData = Join-Path $env:LOCALAPPDATA ('motcua-screen\' + ($Page -replace '[^A-Za-z0-9]', '-')) }
New-Item -ItemType Directory -Force $UserData | Out-Null
if (-not $Size) {
    Add-Type -AssemblyName System.Windows.Forms
    $screen = [System.Windows.Forms.Screen]::FromPoint((New-Object System.Drawing.Point($Position[0], $Position[1]))).Bounds
    $Size = @($screen.Width, $screen.Height)
}

# One launcher a profile; the name is free again when this process ends.
$name = 'Local\motcua-screen-' + ($UserData.ToLowerInvariant() -replace '[^a-z0-9]', '-')
$made = $false
$only = New-Object System.Threading.Mutex($true, $name, [ref]$made)
if (-not $made) { Say "$UserData is shown by another launcher already"; exit 2 }

# The screen stays on while the computer is on mains.
powercfg.exe /change monitor-timeout-ac 0
powercfg.exe /change standby-timeout-ac 0

function Test-Desk {
    try { Invoke-WebRequest -UseBasicParsing -TimeoutSec 3 "$Server/api/v1/health" | Out-Null; return $true }
    catch {
        # 503 is an answer: the page says better than an empty screen what is wrong.
        $answer = $_.Exception.PSObject.Properties['Response']
        return ($null -ne $answer -and $null -ne $answer.Value -and [int]$answer.Value.StatusCode -eq 503)
    }
}

# The browser that has the profile. One that finds it taken hands its page over and ends at once, so the first one is watched.
function Get-First {
    $leaf = Split-Path $Browser -Leaf
    Get-CimInstance Win32_Process -Filter "Name='$leaf'" |
        Where-Object { $_.CommandLine -and $_.CommandLine.Contains($UserData) -and -not $_.CommandLine.Contains('--type=') } |
        Select-Object -First 1
}

function Stop-First {
    $found = Get-First
    if (-not $found) { return }
    $process = Get-Process -Id $found.ProcessId -ErrorAction SilentlyContinue
    if ($process) {
        $process.CloseMainWindow() | Out-Null
        if (-not $process.WaitForExit(10000)) { $process.Kill() }
    }
}

# After a power cut the last end counts as a clean one: no "Restore pages?" over the page. An empty file would be a profile that cannot be read.
function Repair-Profile {
    foreach ($name in 'Default\Preferences', 'Local State') {
        $file = Join-Path $UserData $name
        if (-not (Test-Path $file)) { continue }
        $text = [IO.File]::ReadAllText($file)
        if (-not $text.Trim([char]0, ' ', "`r", "`n", "`t")) { Remove-Item $file; continue }
        $whole = $text -replace '"exit_type": *"[A-Za-z]*"', '"exit_type":"Normal"' -replace '"exited_cleanly": *false', '"exited_cleanly":true'
        if ($whole -ne $text) { [IO.File]::WriteAllText($file, $whole) }
    }
}

# A browser that ends at once, again and again, has a profile that it cannot read. The first new one keeps the cookies and their key, so that
# the screen stays paired; the next one is empty. What was there lies beside it.
function Reset-Profile([bool]$KeepCookies) {
    $old = "$UserData.old"
    Say "the browser ends at once, so the profile is made anew; the old one is $old"
    if (Test-Path $old) { Remove-Item -Recurse -Force $old }
    Move-Item $UserData $old
    New-Item -ItemType Directory -Force $UserData | Out-Null
    if (-not $KeepCookies) { return }
    foreach ($name in 'Local State', 'Default\Network\Cookies', 'Default\Cookies') {
        $file = Join-Path $old $name
        if (-not (Test-Path $file)) { continue }
        $copy = Join-Path $UserData $name
        New-Item -ItemType Directory -Force (Split-Path $copy) | Out-Null
        Copy-Item $file $copy
    }
}

$flags = @(
    '--kiosk', "`"--user-data-dir=$UserData`"", '--no-first-run', '--no-default-browser-check',
    '--autoplay-policy=no-user-gesture-required', "--window-position=$($Position -join ',')", "--window-size=$($Size -join ',')",
    '--disable-pinch', '--overscroll-history-navigation=0', '--disable-features=Translate'
)
if ((Split-Path $Browser -Leaf) -eq 'msedge.exe') { $flags += '--edge-kiosk-type=fullscreen' }
if ($Printing) { $flags += '--kiosk-printing' }
$flags += "$Server/$Page"

$restartedOn = if ((Get-Date -Format 'HH:mm') -eq $RestartAt) { Get-Date -Format 'yyyy-MM-dd' } else { '' }
$quickEnds = 0
$renewed = 0
try {
    while ($true) {
        if (-not (Test-Desk)) { Say "waits for $Server" }
        while (-not (Test-Desk)) { Start-Sleep 1 }
        $began = Get-Date
        if (-not (Get-First)) {
            Repair-Profile
            Start-Process -FilePath $Browser -ArgumentList $flags
            Say "shows $Server/$Page"
            Start-Sleep 3
        }
        while (Get-First) {
            Start-Sleep 2
            $today = Get-Date -Format 'yyyy-MM-dd'
            if ((Get-Date -Format 'HH:mm') -eq $RestartAt -and $restartedOn -ne $today) {
                $restartedOn = $today
                Say 'is started anew, as every night'
                Stop-First
            }
        }
        Say 'the browser has ended'
        if (((Get-Date) - $began).TotalSeconds -ge 10) { $quickEnds = 0; $renewed = 0; continue }
        $quickEnds++
        if ($quickEnds -ge 3) {
            $quickEnds = 0
            $renewed++
            Reset-Profile ($renewed % 2 -eq 1)
        }
        Start-Sleep 3
    }
}
finally {
    Stop-First
    $only.Dispose()
}

@echo off
rem Example: motcua-screen.cmd wall -Server http://192.168.1.10:8080
powershell.exe -NoProfile -ExecutionPolicy Bypass -WindowStyle Hidden -File "%~dp0motcua-screen.ps1" %*

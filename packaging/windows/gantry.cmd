@echo off
rem Gantry's command line. Electron's own Node runs it, so that no other has to be installed.
setlocal
set ELECTRON_RUN_AS_NODE=1
"%~dp0..\..\Gantry.exe" "%~dp0..\app.asar\out\cli\gantry.js" %*

@echo off
rem The launcher for Windows; see the script altmin for what the variables mean.
setlocal
set "HERE=%~dp0"
set "DIST=%HERE%cli\target\dist"
set "CUDA=%HERE%linalg-cuda\target\dist\lib"
if not defined ALTMIN_JAVA if defined JAVA_HOME set "ALTMIN_JAVA=%JAVA_HOME%\bin\java.exe"
if not defined ALTMIN_JAVA set "ALTMIN_JAVA=java"
"%ALTMIN_JAVA%" --list-modules >nul 2>&1 || (
    echo altmin: No Java 17 or newer was found; install a JDK, or set JAVA_HOME or ALTMIN_JAVA. 1>&2
    exit /b 2
)
if not exist "%DIST%\built" (
    echo altmin: building, which happens on first use ... 1>&2
    pushd "%HERE%"
    call mvn -q -B -DskipTests -pl cli -am package 1>&2 || (
        popd
        echo altmin: The build failed; it needs Maven, mvn, on the PATH. 1>&2
        exit /b 2
    )
    popd
    type nul > "%DIST%\built"
)
set "MODULES=%DIST%\lib"
set "NATIVE=org.altmin.linalg.openblas,dev.ludovic.netlib.blas,com.sun.jna"
rem The GPU backend, where it has been packaged too; see linalg-cuda/README.md.
if exist "%CUDA%" (
    set "MODULES=%MODULES%;%CUDA%"
    set "NATIVE=%NATIVE%,org.altmin.linalg.cuda,jcuda,jcublas"
)
rem A backslash at its end would take the quotation mark behind it.
if defined ALTMIN_PATH if "%ALTMIN_PATH:~-1%"=="\" set "ALTMIN_PATH=%ALTMIN_PATH:~0,-1%"
if defined ALTMIN_PATH (
    "%ALTMIN_JAVA%" -cp "%HERE%cli\target\classes" org.altmin.cli.ModulePathCheck "%MODULES%" "%ALTMIN_PATH%" || exit /b 2
    set "MODULES=%MODULES%;%ALTMIN_PATH%"
)
"%ALTMIN_JAVA%" -XX:MaxRAMPercentage=75 -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions ^
    -XX:GCLockerRetryAllocationCount=1000 ^
    --enable-native-access=%NATIVE% ^
    %ALTMIN_OPTS% -p "%MODULES%" ^
    -m org.altmin.cli/org.altmin.cli.Main %*
exit /b %ERRORLEVEL%

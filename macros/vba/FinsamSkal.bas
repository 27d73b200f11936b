Attribute VB_Name = "FinsamSkal"
' Everything that leaves Excel or speaks to the person at it: files, Python, the status
' bar, messages. The tests put a recorder in the place of this module. LibreOffice reads past
' #If and compiles both ways.
Option Explicit

#If Mac Then
Private Const FINSAM_SKRIPT As String = "xlwings-0.37.8.applescript"
#End If

' Runs Python and waits for it. Gives its exit code, or the number of what stopped it.
Public Function FinsamKorPython(ByVal namn As String, ByVal bok As String, _
                                ByVal svarsfil As String) As Long
    On Error GoTo Stopp
#If Mac Then
    Dim kod As String
    kod = "import finsam_excel.macros as f; f.from_mac('" & namn & "', '" & svarsfil & "')"
    AppleScriptTask FINSAM_SKRIPT, "VbaHandler", "false;;;;;;|" & FinsamPythonProgram() & "|" & _
        kod & "|" & bok & "|" & Application.Path & "|" & svarsfil & ".logg"
    FinsamKorPython = VantaPaFil(svarsfil)
#Else
    Dim rad As String
    rad = FinsamKommando(FinsamPythonProgram(), namn, bok, Application.Hwnd, svarsfil)
    FinsamKorPython = CreateObject("WScript.Shell").Run(rad, 0, True)
#End If
    Exit Function
Stopp:
    FinsamKorPython = Err.Number
End Function

' The command line: no folder of the workbook's is ever searched for Python code (-P).
Public Function FinsamKommando(ByVal program As String, ByVal namn As String, _
                               ByVal bok As String, ByVal fonster As Variant, _
                               ByVal svarsfil As String) As String
    Dim q As String
    q = Chr(34)
    FinsamKommando = q & program & q & " -P -m finsam_excel.macros " & namn & _
        " --wb " & q & bok & q & " --hwnd " & CStr(fonster) & " --svar " & q & svarsfil & q
End Function

' Which Python: the one named in FINSAM_PYTHON, the one that was connected, or the first found.
Public Function FinsamPythonProgram() As String
    FinsamPythonProgram = Environ("FINSAM_PYTHON")
    If FinsamPythonProgram = "" Then FinsamPythonProgram = FinsamUttytt(FinsamLas(AnslutenFil()))
    If FinsamPythonProgram = "" Then FinsamPythonProgram = "python"
End Function

Private Function AnslutenFil() As String
#If Mac Then
    AnslutenFil = Environ("HOME") & "/finsam-python.txt"
#Else
    AnslutenFil = Environ("LOCALAPPDATA") & "\finsam_xl\python.txt"
#End If
End Function

' A name for the file that Python answers in.
Public Function FinsamSvarsfil() As String
    Dim mapp As String
#If Mac Then
    mapp = Environ("HOME") & "/"
#Else
    mapp = Environ("TEMP") & "\"
#End If
    FinsamSvarsfil = mapp & "finsam-svar-" & Format(Now, "yyyymmddhhnnss") & ".txt"
End Function

Public Function FinsamLasOchTaBort(ByVal fil As String) As String
    FinsamLasOchTaBort = FinsamLas(fil)
    On Error Resume Next
    Kill fil
End Function

' The text of a file, "" when there is none.
Public Function FinsamLas(ByVal fil As String) As String
    Dim kanal As Integer
    Dim rad As String
    On Error GoTo Slut
    If Dir(fil) = "" Then Exit Function
    kanal = FreeFile
    Open fil For Input As #kanal
    Do While Not EOF(kanal)
        Line Input #kanal, rad
        If FinsamLas <> "" Then FinsamLas = FinsamLas & vbLf
        FinsamLas = FinsamLas & rad
    Loop
    Close #kanal
Slut:
End Function

#If Mac Then
' xlwings' script does not wait for Python: wait for the answer, at most two minutes.
Private Function VantaPaFil(ByVal fil As String) As Long
    Dim slut As Date
    slut = Now + TimeSerial(0, 2, 0)
    Do While Dir(fil) = "" And Now < slut
        DoEvents
    Loop
    If Dir(fil) = "" Then VantaPaFil = 1
End Function
#End If

Public Sub FinsamLage(ByVal text As String)
    If text = "" Then
        Application.StatusBar = False
    Else
        Application.StatusBar = text
    End If
End Sub

Public Sub FinsamVisa(ByVal rubrik As String, ByVal text As String, ByVal fel As Boolean)
    Dim sort As Long
    sort = vbInformation
    If fel Then sort = vbExclamation
    MsgBox text, sort, "Finsam – " & rubrik
End Sub

' What a function gives, from the Python that serves this Excel. An error when there is none.
Public Function FinsamFraga(ByVal namn As String, ByVal argument As Variant) As Variant
    Dim server As Object
#If Mac Then
    Err.Raise 1000, "Finsam", "Funktioner i celler finns bara i Excel för Windows."
#Else
    Set server = FinsamServer()
#End If
    FinsamFraga = server.CallUDF("finsam_excel.udfs", namn, argument, Nothing, Application.Caller)
End Function

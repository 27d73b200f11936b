Attribute VB_Name = "FinsamSkal"
' Everything that leaves Excel or speaks to the person at it: files, Python, the status
' bar, messages. The tests put a recorder in the place of this module. LibreOffice reads past
' #If and compiles both ways.
Option Explicit
Option Private Module

#If Mac Then
Private Const FINSAM_SKRIPT As String = "xlwings-0.37.8.applescript"
#End If

' Runs Python, waits for it and gives its exit code, or the number of what stopped it, and
' what it said. A Sub, as is all that touches files here: no cell can call it.
Public Sub FinsamKorPython(ByVal namn As String, ByVal bok As String, _
                           ByRef utfall As Long, ByRef sagt As String)
    Dim svarsfil As String
    svarsfil = NySvarsfil()
    On Error GoTo Stopp
#If Mac Then
    Dim kod As String
    kod = "import finsam_excel.macros as f; f.from_mac('" & namn & "', '" & svarsfil & "')"
    AppleScriptTask FINSAM_SKRIPT, "VbaHandler", "false;;;;;;|" & FinsamPythonProgram() & "|" & _
        kod & "|" & bok & "|" & Application.Path & "|" & svarsfil & ".logg"
    VantaPaFil svarsfil, utfall
#Else
    Dim rad As String
    SkapaTom svarsfil
    rad = FinsamKommando(FinsamPythonProgram(), namn, bok, Application.Hwnd, svarsfil)
    utfall = CreateObject("WScript.Shell").Run(rad, 0, True)
#End If
    GoTo Svar
Stopp:
    utfall = Err.Number
    Resume Svar
Svar:
    On Error Resume Next
    Las svarsfil, sagt
    Kill svarsfil
End Sub

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
    Dim ansluten As String
    FinsamPythonProgram = Environ("FINSAM_PYTHON")
    If FinsamPythonProgram <> "" Then Exit Function
    Las AnslutenFil(), ansluten
    FinsamPythonProgram = FinsamUttytt(ansluten)
    If FinsamPythonProgram = "" Then FinsamPythonProgram = "python"
End Function

Private Function AnslutenFil() As String
#If Mac Then
    AnslutenFil = Environ("HOME") & "/finsam-python.txt"
#Else
    AnslutenFil = FinsamAnslutenFil()
#End If
End Function

' A name for the file that Python answers in.
Private Function NySvarsfil() As String
    Dim mapp As String
#If Mac Then
    mapp = Environ("HOME")
#Else
    mapp = Environ("TEMP")
#End If
    NySvarsfil = FinsamSokvag(mapp, "finsam-svar-" & Format(Now, "yyyymmddhhnnss") & ".txt")
End Function

' Store's Python writes a file that is there where it is, and a new one where Excel sees nothing.
Private Sub SkapaTom(ByVal fil As String)
    Dim kanal As Integer
    On Error Resume Next
    kanal = FreeFile
    Open fil For Output As #kanal
    Close #kanal
End Sub

' The text of a file, "" when there is none.
Private Sub Las(ByVal fil As String, ByRef text As String)
    Dim kanal As Integer
    Dim rad As String
    text = ""
    On Error GoTo Slut
    If Dir(fil) = "" Then Exit Sub
    kanal = FreeFile
    Open fil For Input As #kanal
    Do While Not EOF(kanal)
        Line Input #kanal, rad
        If text <> "" Then text = text & vbLf
        text = text & rad
    Loop
    Close #kanal
Slut:
End Sub

#If Mac Then
' xlwings' script does not wait for Python: wait for the answer, at most two minutes.
Private Sub VantaPaFil(ByVal fil As String, ByRef utfall As Long)
    Dim slut As Date
    slut = Now + TimeSerial(0, 2, 0)
    Do While Dir(fil) = "" And Now < slut
        DoEvents
    Loop
    If Dir(fil) = "" Then utfall = 1
End Sub
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

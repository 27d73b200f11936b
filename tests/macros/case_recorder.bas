Option VBASupport 1
Option Explicit
' Stands in for FinsamSkal: a function in a cell shows what it would have handed to Python.

Public Sub FinsamLage(ByVal text As String)
End Sub

Public Sub FinsamVisa(ByVal rubrik As String, ByVal text As String, ByVal fel As Boolean)
End Sub

Public Function FinsamPythonProgram() As String
    FinsamPythonProgram = "python"
End Function

' Each argument after a line of its own: rows of cells, or that it was left out.
Public Function FinsamFraga(ByVal namn As String, ByVal argument As Variant) As Variant
    Dim nr As Long
    Dim text As String
    Dim ett As String
    On Error Resume Next
    For nr = LBound(argument) To UBound(argument)
        ett = "saknas"
        ett = Rader(argument(nr))
        text = text & "¤" & ett
    Next nr
    FinsamFraga = namn & text
End Function

Private Function Rader(ByVal varde As Variant) As String
    Dim rad As Long
    Dim kolumn As Long
    Dim text As String
    If TypeName(varde) <> "Range" Then
        Rader = "saknas"
        Exit Function
    End If
    For rad = 1 To varde.Rows.Count
        If rad > 1 Then text = text & "§"
        For kolumn = 1 To varde.Columns.Count
            If kolumn > 1 Then text = text & "|"
            text = text & Ett(varde.Cells(rad, kolumn).Value)
        Next kolumn
    Next rad
    Rader = text
End Function

Private Function Ett(ByVal varde As Variant) As String
    Select Case VarType(varde)
        Case 0, 1
            Ett = "tom"
        Case 8
            Ett = "text:" & varde
        Case 11
            Ett = "sant:" & CStr(CInt(varde))
        Case Else
            Ett = "tal:" & Str(varde)
    End Select
End Function

using System.Globalization;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads workbooks (XLSX, XLS): each sheet is a heading with its rows. Hidden sheets are left out, and of formulas the last result is read.</summary>
internal static class SheetBlocks
{
    private const string Visible = "visible";
    private const string TimeFormat = @"h\:mm\:ss";

    public static IEnumerable<TextBlock> Read(byte[] bytes)
    {
        using var workbook = Open(bytes);
        do
        {
            if (workbook.VisibleState is not (null or Visible))
                continue;
            var isEmpty = true;
            foreach (var block in RowsOf(workbook))
            {
                if (isEmpty)
                    yield return new TextBlock(TextBlockKind.Heading, workbook.Name, 1);
                isEmpty = false;
                yield return block;
            }
        }
        while (workbook.NextResult());
    }

    private static IExcelDataReader Open(byte[] bytes)
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        try
        {
            return ExcelReaderFactory.CreateReader(new MemoryStream(bytes, writable: false));
        }
        catch (InvalidPasswordException)
        {
            throw FileRefusedException.Encrypted();
        }
    }

    private static IEnumerable<TextBlock> RowsOf(IExcelDataReader workbook)
    {
        var table = new TableRows(hasTitles: true);
        while (workbook.Read())
        {
            foreach (var block in table.Add([.. Enumerable.Range(0, workbook.FieldCount).Select(column => TextOf(workbook, column))]))
                yield return block;
        }

        foreach (var block in table.End())
            yield return block;
    }

    private static string TextOf(IExcelDataReader workbook, int column) => workbook.GetValue(column) switch
    {
        null => "",
        string text => text.ReplaceLineEndings(" "),
        double number => TextOf(number, workbook.GetNumberFormatString(column)),
        // The day with the number 0 stands for a time of day.
        DateTime { Year: < 1900 } time => time.TimeOfDay.ToString(TimeFormat, CultureInfo.InvariantCulture),
        DateTime date => date.ToString(DateFormat(date), CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString(time.Days > 0 ? @"d\.hh\:mm\:ss" : TimeFormat, CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(format: null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };

    private static string DateFormat(DateTime date) =>
        date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : date.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss";

    /// <summary>Returns a number as it is shown, but with all of its digits.</summary>
    private static string TextOf(double number, string? format) => format?.Contains('%', StringComparison.Ordinal) == true
        ? (number * 100).ToString("0.##########", CultureInfo.InvariantCulture) + "%"
        : number.ToString("G15", CultureInfo.InvariantCulture);
}

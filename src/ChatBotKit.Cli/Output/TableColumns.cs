namespace ChatBotKit.Cli.Output;

/// <summary>Computes widths with which all columns fit side by side.</summary>
internal static class TableColumns
{
    private const int FramePerColumn = 3;

    /// <summary>
    /// Shortens the ids of other resources, then breaks long texts into lines. No column is left out. Returns false when
    /// that is not enough.
    /// </summary>
    public static bool TryFit(IReadOnlyList<TableColumnPlan> columns, int width)
    {
        var room = width - FramePerColumn * columns.Count - 1;
        if (columns.Sum(column => column.Width) <= room)
            return true;
        foreach (var column in columns.Where(column => column.IsReference))
            column.ShortenReferences();
        while (columns.Sum(column => column.Width) > room)
        {
            var widest = columns.Where(column => !column.IsReference && column.Width > column.Least).MaxBy(column => column.Width);
            if (widest is null)
                return false;
            widest.Width--;
        }

        return true;
    }
}

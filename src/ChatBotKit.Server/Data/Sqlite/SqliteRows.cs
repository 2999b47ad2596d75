namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Reads all rows of a statement and resets it.</summary>
internal static class SqliteRows
{
    /// <summary>Returns the only row; null when there is none.</summary>
    public static T? Single<T>(SqliteRowReader rows, Func<SqlRow, T> read)
        where T : class
    {
        using (rows)
            return rows.Read() ? read(rows) : null;
    }

    public static List<T> List<T>(SqliteRowReader rows, Func<SqlRow, T> read)
    {
        using (rows)
        {
            var list = new List<T>();
            while (rows.Read())
                list.Add(read(rows));
            return list;
        }
    }
}

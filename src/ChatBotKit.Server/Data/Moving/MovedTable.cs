namespace ChatBotKit.Server.Data.Moving;

/// <summary>A table whose rows are moved.</summary>
/// <param name="Name">The name of the table.</param>
/// <param name="Columns">The columns, in the order of PostgreSQL.</param>
/// <param name="Keys">The columns of the primary key.</param>
/// <param name="Condition">The condition of the rows; empty for all.</param>
internal sealed record MovedTable(string Name, IReadOnlyList<MovedColumn> Columns, IReadOnlyList<string> Keys, string Condition = "")
{
    /// <summary>The list of the columns.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(column => $"\"{column.Name}\""));

    /// <summary>The query of the rows.</summary>
    public string Select => $"SELECT {ColumnList} FROM \"{Name}\" {Condition}";

    /// <summary>The statement that inserts rows.</summary>
    public string CopyIn => $"COPY \"{Name}\" ({ColumnList}) FROM STDIN (FORMAT BINARY)";

    /// <summary>The statement that returns the rows.</summary>
    public string CopyOut => $"COPY ({Select}) TO STDOUT (FORMAT BINARY)";
}

/// <summary>A column of a moved table.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Type">The type on PostgreSQL.</param>
internal sealed record MovedColumn(string Name, SqlType Type);

namespace ChatBotKit.Server.Data.Schema;

/// <summary>The state of a move of a SQLite database to PostgreSQL.</summary>
internal enum MoveState
{
    /// <summary>All rows are on PostgreSQL, but the SQLite database is not marked yet.</summary>
    Moving,

    /// <summary>The PostgreSQL database has replaced the SQLite database.</summary>
    Moved,

    /// <summary>The move was undone.</summary>
    Returned,
}

/// <summary>
/// The mark of a move. It is a row of the table of applied scripts, so that programs that know nothing of moves read it too. With the
/// number <see cref="Refused"/>, every program refuses the database as one of a newer version.
/// </summary>
/// <param name="State">The state of the move.</param>
/// <param name="Id">The id of the move, the same in both databases.</param>
/// <param name="Node">The name of the data directory of the SQLite database.</param>
/// <param name="Other">The name of the other database.</param>
internal sealed record MoveMark(MoveState State, string Id, string Node, string Other)
{
    /// <summary>The number of the mark in a database that may not be used.</summary>
    public const int Refused = int.MaxValue;

    /// <summary>The number of the mark in a database that may be used.</summary>
    public const int Usable = 0;

    /// <summary>The statement that inserts the row of a mark: its number and its text.</summary>
    public const string Insert = """
        INSERT INTO "Schema" ("Number", "Name", "Sha256", "AppliedAt", "ReadableFrom") VALUES ($1, $2, '', 0, $1)
        """;

    private const string Sqlite = "sqlite";
    private const string PostgreSql = "postgresql";

    /// <summary>Whether the database with this mark is the SQLite database.</summary>
    public bool IsOfSource { get; init; }

    /// <summary>The text of the mark, which is the name of its row.</summary>
    public string Text => $"{(IsOfSource ? Sqlite : PostgreSql)} {State} {Id} {Node} {Other}";

    /// <summary>The number of its row.</summary>
    public int Number => State == MoveState.Moved && !IsOfSource ? Usable : Refused;

    /// <returns>The mark in the table of applied scripts; null when there is none.</returns>
    public static MoveMark? Find(AppliedScripts applied)
    {
        var name = applied.Scripts.FirstOrDefault(script => script.Number is Refused or Usable)?.Name;
        return name?.Split(' ', 5) is [var side, var state, var id, var node, var other] && Enum.TryParse<MoveState>(state, out var known)
            ? new MoveMark(known, id, node, other) { IsOfSource = side == Sqlite }
            : null;
    }

    /// <summary>Returns the sentence that refuses the database with this mark; null when the database may be used.</summary>
    public string? RefusalOf(string database) => this switch
    {
        { Number: Usable } => null,
        { IsOfSource: true } =>
            $"The database '{database}' was moved to the PostgreSQL database '{Other}'. Set CHATBOTKIT_POSTGRES to that database. To use this file again, run --migrate-to … --undo, which is possible until something is written there.",
        { State: MoveState.Moving } =>
            $"The move of '{Other}' to the PostgreSQL database '{database}' is not complete. Run --migrate-to again on that data directory.",
        _ =>
            $"The PostgreSQL database '{database}' is not in use, because its move was undone: the server runs on '{Other}'. Remove CHATBOTKIT_POSTGRES, or move the data again.",
    };
}

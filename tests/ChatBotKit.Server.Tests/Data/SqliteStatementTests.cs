using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Tests.Data;

public sealed class SqliteStatementTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public SqliteStatementTests()
    {
        _connection.Open();
        using var create = _connection.CreateCommand();
        create.CommandText = """CREATE TABLE "Values" ("Id" INTEGER PRIMARY KEY, "Value")""";
        create.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();

    public static TheoryData<string> Texts => ["", "short", "nul\0inside", "näh 😀", new string('ä', 5_000)];

    [Theory, MemberData(nameof(Texts))]
    public void Text_StoredAndRead_IsTheSame(string text)
    {
        using var rows = Stored(text);

        Assert.False(rows.IsNull(0));
        Assert.Equal(text, rows.GetString(0));
        Assert.Equal(text, rows.GetStringOrNull(0));
    }

    [Fact]
    public void Text_Stored_IsTextToTheDatabase()
    {
        using var rows = Stored("short", "SELECT typeof(\"Value\") FROM \"Values\" WHERE \"Id\" = $1");

        Assert.Equal("text", rows.GetString(0));
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(long.MaxValue), InlineData(long.MinValue)]
    public void Number_StoredAndRead_IsTheSame(long number)
    {
        using var rows = Stored(number);

        Assert.Equal(number, rows.GetInt64(0));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Flag_StoredAndRead_IsTheSame(bool flag)
    {
        using var rows = Stored(flag);

        Assert.Equal(flag, rows.GetBoolean(0));
        Assert.Equal(flag, rows.GetBooleanOrNull(0));
    }

    [Theory, InlineData(0), InlineData(3)]
    public void Bytes_StoredAndRead_AreTheSame(int length)
    {
        var bytes = Enumerable.Range(0, length).Select(number => (byte)number).ToArray();
        using var rows = Stored(bytes);

        Assert.Equal(bytes, rows.GetBytesOrNull(0));
    }

    [Fact]
    public void Null_StoredAndRead_IsNullOfEveryKind()
    {
        using var rows = Stored(default);

        Assert.Null(rows.GetStringOrNull(0));
        Assert.Null(rows.GetInt64OrNull(0));
        Assert.Null(rows.GetBooleanOrNull(0));
        Assert.Null(rows.GetBytesOrNull(0));
    }

    [Fact]
    public void Parameter_UsedTwiceAndBehindALaterOne_IsBoundInItsPlaces()
    {
        using var query = new SqliteStatement(_connection, "SELECT $2, $1, $2");
        using var rows = query.Query("a", "b");

        Assert.True(rows.Read());
        Assert.Equal(("b", "a", "b"), (rows.GetString(0), rows.GetString(1), rows.GetString(2)));
    }

    [Fact]
    public void Execute_ThatFails_SaysWhyAndCanBeRunAgain()
    {
        using var insert = Insert();
        insert.Execute(1, "one");

        var failure = Assert.Throws<SqliteException>(() => insert.Execute(1, "again"));

        Assert.True(SqliteErrors.Translate(failure) is ChatBotKit.Server.Data.DuplicateKeyException);
        Assert.Equal(1, insert.Execute(2, "two"));
    }

    private SqliteStatement Insert() => new(_connection, """INSERT INTO "Values" ("Id", "Value") VALUES ($1, $2)""");

    private SqliteRowReader Stored(SqlValue value, string query = """SELECT "Value" FROM "Values" WHERE "Id" = $1""")
    {
        using var insert = Insert();
        Assert.Equal(1, insert.Execute(1, value));
        var rows = new SqliteStatement(_connection, query).Query(1);
        Assert.True(rows.Read());
        return rows;
    }
}

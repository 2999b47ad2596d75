using ChatBotKit.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>The base of tests that move a SQLite database to an empty PostgreSQL database.</summary>
public abstract class MovingTests : PostgresTests
{
    /// <summary>The data directory of the SQLite database.</summary>
    private protected string Folder { get; private set; } = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Folder = NewDirectory();
    }

    private protected override Task<string> CreateDatabaseAsync() => TestStore.CreateEmptyDatabaseAsync();

    /// <summary>Starts a server on the data directory, with the SQLite database or the moved one.</summary>
    private protected Task<WebApplication> StartAsync(bool isMoved = false) => ServerFactory.StartInAsync(
        Folder, settings: new Dictionary<string, string?> { ["CHATBOTKIT_POSTGRES"] = isMoved ? Database : "" });

    /// <summary>Creates the SQLite database with the owner and a conversation.</summary>
    private protected async Task<string> MakeSourceAsync()
    {
        await using var app = await StartAsync();
        using var owner = ServerFactory.ClientOf(app);
        return ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "conversation/create", """{"name":"Grüße"}"""));
    }

    private protected Task<(int Code, string Output)> MoveAsync(params string[] options) => MoveToAsync(Database, options);

    private protected async Task<(int Code, string Output)> MoveToAsync(string database, params string[] options)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await ServerProgram.RunAsync(["--migrate-to", database, $"--CHATBOTKIT_DATA_DIR={Folder}", .. options], output, errors);
        return (code, $"{output}{errors}");
    }

    private protected async Task MoveWholeAsync(params string[] options)
    {
        var (code, output) = await MoveAsync(options);
        Assert.True(code == 0, output);
    }

    private protected async Task AssertRefusedAsync(string expected, params string[] options)
    {
        var (code, output) = await MoveAsync(options);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    /// <summary>Returns the first column of a query of the SQLite database.</summary>
    private protected List<string> Query(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var list = new List<string>();
        while (rows.Read())
            list.Add(rows.GetString(0));
        return list;
    }

    private protected void Execute(string sql, params (string Name, object Value)[] values)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "chatbotkit.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}

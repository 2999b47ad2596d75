using System.Globalization;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBotKit.Faults.Disk;

/// <summary>A store on real files, and helpers that write to it and inspect its files directly.</summary>
internal static class Files
{
    private const string Conversation = "c1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string DatabaseIn(string directory) => Path.Combine(directory, "chatbotkit.db");

    public static Task<SqliteStore> OpenAsync(string directory) => SqliteStore.OpenAsync(
        new StoreOptions { DataDirectory = directory }, new ChangeFeed(), TimeProvider.System, NullLogger.Instance, Token);

    public static async Task<SqliteStore> OpenWithConversationAsync(string directory)
    {
        var store = await OpenAsync(directory);
        await store.CommitAsync(new WriteSet
        {
            Conversation = new ConversationRow { Id = Conversation, AccountId = "a1", CreatedAt = 1, UpdatedAt = 1 },
        });
        return store;
    }

    /// <summary>Stores the message at this position, with a text that is derived from the position.</summary>
    public static Task AddAsync(IStore store, int position) => store.CommitAsync(new WriteSet
    {
        Messages =
        [
            new MessageRow
            {
                Id = $"m{position}",
                ConversationId = Conversation,
                Position = position,
                Type = "user",
                Text = TextOf(position),
                CreatedAt = position,
                UpdatedAt = position,
            },
        ],
    });

    /// <summary>Returns the positions of the stored messages, after checking their texts.</summary>
    public static async Task<IReadOnlyList<long>> PositionsAsync(IStore store)
    {
        var messages = await store.ListMessagesAsync(Conversation, null, descending: false, 100_000, int.MaxValue, Token);
        Assert.All(messages, message => Assert.Equal(TextOf((int)message.Position), message.Text));
        return [.. messages.Select(message => message.Position)];
    }

    public static string TextOf(int position) => position.ToString(CultureInfo.InvariantCulture).PadRight(900, '.');

    /// <summary>Throws unless SQLite finds no damage in the database of a closed store.</summary>
    public static void CheckIntegrity(string directory)
    {
        using var connection = Connect(directory);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", command.ExecuteScalar());
    }

    /// <summary>Opens another connection to the database.</summary>
    public static SqliteConnection Connect(string directory)
    {
        var connection = new SqliteConnection($"Data Source={DatabaseIn(directory)};Pooling=False");
        connection.Open();
        return connection;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Overwrites one page of the database file with garbage.</summary>
    public static void Overwrite(string directory, int page)
    {
        const int PageSize = 4096;
        using var file = new FileStream(DatabaseIn(directory), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = (long)page * PageSize;
        var nonsense = new byte[PageSize];
        Array.Fill(nonsense, (byte)0xA5);
        file.Write(nonsense);
    }

    /// <summary>Returns the root pages, counted from 0, of a table and its indexes.</summary>
    public static IReadOnlyList<int> RootPagesOf(string directory, string table)
    {
        using var connection = Connect(directory);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT rootpage FROM sqlite_master WHERE tbl_name = $table";
        command.Parameters.AddWithValue("$table", table);
        using var rows = command.ExecuteReader();
        var pages = new List<int>();
        while (rows.Read())
            pages.Add(rows.GetInt32(0) - 1);
        return pages;
    }

    public static int PagesIn(string directory) => (int)(new FileInfo(DatabaseIn(directory)).Length / 4096);

    /// <summary>Copies the files that a process would leave behind if it were killed now.</summary>
    public static string Copy(string directory)
    {
        var copy = Directory.CreateTempSubdirectory("chatbotkit-copy-").FullName;
        foreach (var name in new[] { "chatbotkit.db", "chatbotkit.db-wal", "initialized" })
        {
            if (File.Exists(Path.Combine(directory, name)))
                File.Copy(Path.Combine(directory, name), Path.Combine(copy, name));
        }

        return copy;
    }
}

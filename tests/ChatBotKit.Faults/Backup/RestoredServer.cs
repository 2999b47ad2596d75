using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Faults.Backup;

/// <summary>Compares a server on restored data with what the first one has acknowledged.</summary>
internal sealed class RestoredServer(BackupServer server)
{
    // A sample, because each takes a request. The rest was stored by the same code in the same transactions.
    private static readonly int Sampled = Form.Pick(40, 400);

    public static void AssertSound(string directory)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "chatbotkit.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", command.ExecuteScalar());
        command.CommandText = "PRAGMA foreign_key_check";
        Assert.Null(command.ExecuteScalar());
    }

    public async Task AssertServesAsync(Acknowledged kept)
    {
        await AssertMessagesAsync(kept.Messages);
        foreach (var session in Sample(kept.Sessions))
            Assert.True((await server.GetAsync($"conversation/{session.ConversationId}/message/list", session.Token)).GetProperty("items").GetArrayLength() > 0);
        foreach (var file in Sample(kept.Files))
            Assert.Equal(file.Sha256, SHA256.HashData(await server.DownloadAsync($"conversation/{file.ConversationId}/attachment/{file.Name}/download")));
        foreach (var run in Sample(kept.Runs))
            await AssertRunAsync(run);
        var audit = await server.GetAsync("session/audit/verify");
        Assert.True(audit.GetProperty("valid").GetBoolean(), audit.GetRawText());
        Assert.True(audit.GetProperty("records").GetInt64() >= kept.Sessions.Count, audit.GetRawText());
    }

    /// <summary>Checks the messages. Every conversation of the load has a single page of them.</summary>
    private async Task AssertMessagesAsync(IEnumerable<KeptMessage> messages)
    {
        foreach (var conversation in messages.GroupBy(message => message.ConversationId))
        {
            var list = await server.GetAsync($"conversation/{conversation.Key}/message/list?take=100");
            var found = list.GetProperty("items").EnumerateArray().ToDictionary(Text("id"), Text("text"));
            Assert.All(conversation, message => Assert.Equal(message.Text, found.GetValueOrDefault(message.Id)));
        }
    }

    /// <summary>Checks that the log is the same byte for byte, from its beginning and from its middle.</summary>
    private async Task AssertRunAsync(KeptRun run)
    {
        Assert.Equal(run.Lines, await server.FollowAsync(run, after: 0));
        var lines = Encoding.UTF8.GetString(run.Lines).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var numbers = lines.Select(line => JsonElement.Parse(line).GetProperty("id").GetInt64()).ToList();
        var middle = numbers.Count / 2;
        var rest = Encoding.UTF8.GetString(await server.FollowAsync(run, after: numbers[middle]));
        Assert.Equal(lines[(middle + 1)..], rest.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static Func<JsonElement, string> Text(string name) => item => item.GetProperty(name).GetString()!;

    private static IEnumerable<T> Sample<T>(IReadOnlyList<T> all) =>
        all.Where((_, index) => index % Math.Max(1, all.Count / Sampled) == 0);
}

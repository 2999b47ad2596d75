using System.Text.RegularExpressions;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Data.Schema;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>The upgrade of a database that has no numbers of messages per day.</summary>
public sealed partial class UsageUpgradeTests : StoreTests
{
    private const long Day = 86_400_000;

    public override ValueTask InitializeAsync()
    {
        OnFiles();
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Upgrade_CountsStoredMessages_AndTheTurnsOfDeletedConversations()
    {
        await AddConversationAsync();
        string[] types = ["user", "bot", "activity", "context"];
        await Store.CommitAsync(new WriteSet
        {
            Messages = [.. types.Append("user").Select((type, index) => new MessageRow
            {
                Id = $"m{index}", ConversationId = "c1", Position = index + 1, Type = type, Text = "a",
                CreatedAt = (index < 4 ? 0 : 3 * Day) + index, UpdatedAt = 1,
            })],
        });
        foreach (var (id, at, messages) in new[] { ("u1", 5 * Day, 2), ("u2", (5 * Day) + 1, 1), ("u3", 6 * Day, 2) })
            await Store.CommitAsync(new WriteSet { Usage = Turn("gone", id, at, messages) });
        await Store.CommitAsync(new WriteSet { Usage = Turn("c1", "u4", 3 * Day, 0) });
        await Store.CommitAsync(new WriteSet { Usage = Turn("c1", "u5", 4 * Day, 0) });
        var expected = await DaysAsync();
        await CloseAsync();
        Execute(string.Concat(SchemaScript.Sqlite.Where(script => script.Number > 21)
            .SelectMany(script => TablesOf().Matches(script.Sql)).Select(table => $"DROP TABLE {table.Groups[1].Value};")));
        Execute("""
            DROP TABLE "ConversationDays"; DROP TABLE "PolicyStates";
            CREATE INDEX "IX_UsageRecords_ConversationId_CreatedAt" ON "UsageRecords" ("ConversationId", "CreatedAt");
            CREATE INDEX "IX_UsageRecords_BotId_CreatedAt" ON "UsageRecords" ("BotId", "CreatedAt") WHERE "BotId" IS NOT NULL;
            DROP INDEX "IX_UsageRecords_ConversationId"; DROP INDEX "IX_UsageRecords_BotId"; DROP INDEX "IX_UsageRecords_WithoutConversation"; DROP INDEX "IX_UsageRecords_List"; DROP INDEX "IX_Ratings_AccountId"; DROP INDEX "IX_Resources_Policies";
            DROP INDEX "IX_Ratings_Good"; DROP INDEX "IX_Ratings_Bad"; ALTER TABLE "Ratings" DROP COLUMN "ConversationAt";
            DROP INDEX "IX_UsageRecords_ContactId"; DROP INDEX "IX_UsageRecords_TaskId"; DROP INDEX "IX_UsageRecords_Model";
            ALTER TABLE "UsageRecords" DROP COLUMN "ContactId"; ALTER TABLE "UsageRecords" DROP COLUMN "TaskId";
            ALTER TABLE "UsageRecords" DROP COLUMN "FirstToken"; ALTER TABLE "UsageRecords" DROP COLUMN "Duration";
            ALTER TABLE "UsageRecords" DROP COLUMN "EndReason"; DELETE FROM "Schema" WHERE "Number" >= 21
            """);

        await ReopenAsync();

        Assert.Equal(["account 0 c1 1 1 1 1 1 0", "account 3 c1 0 1 0 0 0 2", "account 4 c1 0 0 0 0 0 2"], expected);
        Assert.Equal([.. expected, "account 5 gone 1 1 2 0 0 4", "account 6 gone 0 1 1 0 0 2"], await DaysAsync());
    }

    private Task<List<string>> DaysAsync() => Store.QueryAsync(
        db => db.ListAsync(
            """
            SELECT "AccountId" || ' ' || "Day" || ' ' || "ConversationId" || ' ' || "Started" || ' ' || "UserMessages" || ' ' || "BotMessages"
                || ' ' || "Activities" || ' ' || "OtherMessages" || ' ' || "Tokens" FROM "ConversationDays" ORDER BY "Day"
            """,
            static row => row.GetString(0)),
        Cancellation).AsTask();

    private static UsageRow Turn(string conversation, string id, long at, int messages) => new()
    {
        Id = id,
        AccountId = "account",
        ConversationId = conversation,
        BotId = "b",
        Model = "model",
        InputTokens = 1,
        OutputTokens = 1,
        Messages = messages,
        CreatedAt = at,
    };

    private void Execute(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    [GeneratedRegex("""CREATE TABLE ("\w+")""")]
    private static partial Regex TablesOf();
}

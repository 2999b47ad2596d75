using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>A filter by a field of a document returns the same rows on both databases.</summary>
public sealed class PostgresJsonConditionTests : PostgresTests
{
    public static TheoryData<string, string, string, bool> Cases => new()
    {
        { """{"a":"x"}""", "a", "x", true },
        { """{"a":"x"}""", "a", "X", false },
        { """{"a":{"b":"x"}}""", "a.b", "x", true },
        { """{"a":5}""", "a", "5", true },
        { """{"a":"5"}""", "a", "5", true },
        { """{"a":5.0}""", "a", "5", true },
        { """{"a":5}""", "a", "5.0", true },
        { """{"a":5}""", "a", " 5", true },
        { """{"a":12345678901234567}""", "a", "12345678901234567", true },
        { """{"a":true}""", "a", "true", true },
        { """{"a":"true"}""", "a", "true", true },
        { """{"a":true}""", "a", "1", false },
        { """{"a":1}""", "a", "true", false },
        { """{"a":null}""", "a", "null", false },
        { """{"a":["x"]}""", "a.0", "x", false },
        { """{"a":{"0":"x"}}""", "a.0", "x", true },
        { """{"a":{"b":1}}""", "a", """{"b":1}""", false },
        { """{"a\"b":"x"}""", "a\"b", "x", true },
        { """{"a":"'; DROP TABLE x"}""", "a", "'; DROP TABLE x", true },
        { """{"a":1e999999}""", "a", "5", false },
        { """{"b":"\u0000","a":"x"}""", "a", "x", true },
        { """{"a":"ä"}""", "a", "ä", true },
        { "{}", "a", "x", false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Condition_OnBothDatabases_FindsTheSame(string document, string key, string value, bool isFound)
    {
        await using var postgres = await OpenAsync(NewDirectory());
        await using var sqlite = await SqliteAsync();

        foreach (var store in (IOpenStore[])[postgres, sqlite])
        {
            await store.InsertAsync(ConversationTable.Rows, WithMeta(document));
            var found = await store.QueryAsync(
                db =>
                {
                    var query = new SqlQuery().AddSql(ConversationTable.Rows.Select("WHERE TRUE"));
                    db.Dialect.AddJsonCondition(query, "\"Meta\"", key, value);
                    return db.ListAsync(query, ConversationTable.Rows.Read);
                },
                Cancellation);
            Assert.Equal((store.GetType(), isFound), (store.GetType(), found.Count == 1));
        }
    }

    private static ConversationRow WithMeta(string document) =>
        new() { Id = "c1", AccountId = "a", Meta = document, CreatedAt = 1, UpdatedAt = 1 };

    private async Task<IOpenStore> SqliteAsync() => await SqliteStore.OpenAsync(
        new StoreOptions { DataDirectory = NewDirectory() }, new ChangeFeed(), TimeProvider.System, NullLogger.Instance, Cancellation);
}

using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Usage;

/// <summary>Reads the list of usage records. Each run has one, with its tokens.</summary>
internal sealed class UsageRecordReading(IStore store)
{
    /// <summary>The only type of records.</summary>
    public const string TokenType = "token";

    /// <summary>The filters by ids that no record has.</summary>
    private static readonly string[] Unused = ["messageId", "blueprintId", "datasetId", "skillsetId", "abilityId"];

    private static readonly string[] Columns = ["conversationId", "contactId"];

    /// <summary>The names of the filters.</summary>
    public static IEnumerable<string> Filters => ["type", "botId", "taskId", .. Columns, .. Unused];

    public Task<ListPiece<UsageRecordItem>> ListAsync(ListQuery query, ListPage page, Caller caller, CancellationToken cancellationToken) =>
        store.QueryAsync(async db => (await ReadPieceAsync(db, query, page, caller)).ConvertAll(ItemOf), cancellationToken).AsTask();

    /// <summary>Reads the rows of a piece. The filters accept ids and aliases of bots and tasks.</summary>
    public static async ValueTask<ListPiece<UsageRow>> ReadPieceAsync(ISqlSession db, ListQuery query, ListPage page, Caller caller)
    {
        List<(string Column, IReadOnlyList<string> Ids)> links = [.. Columns.Select(name => (ColumnOf(name), query.Values(name)))];
        if (query.Values("botId") is { Count: > 0 } bots)
            links.Add((ColumnOf("botId"), await db.IdsOfAsync(ConversationReferences.Bot.Target, bots, caller.AccountId)));
        if (query.Values("taskId") is { Count: > 0 } tasks)
            links.Add((ColumnOf("taskId"), await db.IdsOfAsync(ConversationReferences.Task.Target, tasks, caller.AccountId)));
        if (FindsNothing(query) || links.Exists(link => link.Ids.Count == 0 && query.Value(NameOf(link.Column)) is not null))
            return ListPiece.Nothing<UsageRow>();
        return await db.ReadPieceAsync(
            UsageTable.Rows,
            scope => scope.Add($" AND \"AccountId\" = {caller.AccountId}"),
            filter =>
            {
                foreach (var (_, model) in query.Meta)
                    filter.Add($" AND \"Model\" = {model}");
                foreach (var (column, ids) in links.Where(link => link.Ids.Count > 0))
                    filter.AddIn(column, ids);
            },
            page,
            static row => row.Model.Length);
    }

    private static bool FindsNothing(ListQuery query) =>
        Unused.Any(name => query.Value(name) is not null)
        || (query.Value("type") is { } type && type != TokenType)
        || query.Meta.Any(one => one.Key != "model");

    private static string ColumnOf(string name) => $"\"{char.ToUpperInvariant(name[0])}{name[1..]}\"";

    private static string NameOf(string column) => char.ToLowerInvariant(column[1]) + column[2..^1];

    private static UsageRecordItem ItemOf(UsageRow row) => new()
    {
        Id = row.Id,
        Type = TokenType,
        Count = row.InputTokens + row.OutputTokens,
        ConversationId = row.ConversationId,
        TaskId = row.TaskId,
        ContactId = row.ContactId,
        BotId = row.BotId,
        Meta = new JsonObject { ["model"] = row.Model, ["inputTokens"] = row.InputTokens, ["outputTokens"] = row.OutputTokens },
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
    };
}

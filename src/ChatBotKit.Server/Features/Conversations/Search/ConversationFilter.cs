using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Search;

/// <summary>The filters of the list of conversations. A conversation matches when it matches all of them.</summary>
internal sealed record ConversationFilter
{
    /// <summary>The maximum number of characters of <c>text</c>.</summary>
    public const int MaxText = 200;

    private const string Good = "up";
    private const string Bad = "down";

    public required string AccountId { get; init; }

    /// <summary>The contact whose list it is; null for the list of the account.</summary>
    public string? ContactId { get; init; }

    /// <summary>The columns, with the ids of which each must have one.</summary>
    public required IReadOnlyList<(ResourceColumn Column, IReadOnlyList<string> Ids)> Links { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Meta { get; init; }

    public required ListPeriod Period { get; init; }

    /// <summary>Whether there must be a good rating, or a bad one; null when ratings do not matter.</summary>
    public bool? IsGood { get; init; }

    /// <summary>The text that a user or the bot must have written; null for any.</summary>
    public string? Text { get; init; }

    /// <summary>Whether an index finds the conversations, so that nothing else is read.</summary>
    public bool IsByIndex => IsGood is null && Text is null;

    /// <summary>Reads the filters of a request. Ids and aliases of bots and tasks are accepted.</summary>
    /// <returns>Null when no conversation can match.</returns>
    /// <exception cref="ApiException">400: a value is invalid.</exception>
    public static async ValueTask<ConversationFilter?> ReadAsync(ISqlSession db, IListFilters query, Caller caller, string? contactId)
    {
        List<(ResourceColumn Column, IReadOnlyList<string> Ids)> links = [];
        if (query.Values("botId") is { Count: > 0 } bots)
            links.Add((ConversationTable.Bot, await db.IdsOfAsync(ConversationReferences.Bot.Target, bots, caller.AccountId)));
        if (query.Values("taskId") is { Count: > 0 } tasks)
            links.Add((ConversationTable.Task, await db.IdsOfAsync(ConversationReferences.Task.Target, tasks, caller.AccountId)));
        if (query.Values("contactId") is { Count: > 0 } contacts)
            links.Add((ConversationTable.Contact, contacts));
        var filter = new ConversationFilter
        {
            AccountId = caller.AccountId,
            ContactId = contactId,
            Links = links,
            Meta = query.Meta,
            Period = ListPeriod.Of(query),
            IsGood = query.Value("vote") switch
            {
                null => null,
                Good => true,
                Bad => false,
                _ => throw ApiException.BadRequest($"\"vote\" must be {Good} or {Bad}"),
            },
            Text = query.Value("text")?.Trim() is { Length: > 0 } text ? text : null,
        };
        if (filter.Text?.Length > MaxText)
            throw ApiException.BadRequest($"\"text\" must have at most {MaxText} characters");
        return links.Exists(link => link.Ids.Count == 0) ? null : filter;
    }

    /// <summary>Adds what the caller may see to a query for conversations.</summary>
    public void AddScope(SqlQuery query) => query.Add($" AND \"AccountId\" = {AccountId}");

    /// <summary>Adds the filters by columns.</summary>
    public void AddTo(SqlQuery query, SqlDialect dialect)
    {
        if (ContactId is { } contact)
            query.Add($" AND \"ContactId\" = {contact}");
        foreach (var (key, value) in Meta)
            dialect.AddJsonCondition(query, "\"Meta\"", key, value);
        foreach (var (column, ids) in Links)
            column.AddTo(query, ids);
        Period.AddTo(query, "\"CreatedAt\"");
    }
}

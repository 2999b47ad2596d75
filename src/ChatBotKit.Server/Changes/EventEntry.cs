namespace ChatBotKit.Server.Changes;

/// <summary>
/// An entry of the event log. It names the resources that it is about by their ids, and holds no texts of users: it outlives these
/// resources.
/// </summary>
/// <param name="accountId">The account whose log has the entry.</param>
/// <param name="type">The type: one of <see cref="EventTypes"/>, or the kind of a resource with how it changed, such as <c>bot.create</c>.</param>
/// <param name="number">The number, made by <see cref="EventNumbers"/>.</param>
internal sealed class EventEntry(string accountId, string type, long number)
{
    public string AccountId => accountId;

    public string Type => type;

    /// <summary>The place in the log of the account, which has the time. It is also the id.</summary>
    public long Number => number;

    public string? ConversationId { get; init; }

    public string? ContactId { get; init; }

    public string? BotId { get; init; }

    public string? TaskId { get; init; }

    /// <summary>The other resources that the event is about, by the field of the API that names them.</summary>
    public IReadOnlyList<EventLink> Links { get; init; } = [];

    /// <summary>A JSON object, or null.</summary>
    public string? Meta { get; init; }

    /// <summary>Creates an entry about resources.</summary>
    /// <param name="accountId">The account whose log has the entry.</param>
    /// <param name="type">The type.</param>
    /// <param name="now">The time in Unix milliseconds.</param>
    /// <param name="resources">The resources. A field appears at most once.</param>
    /// <param name="meta">A JSON object; null for none.</param>
    public static EventEntry About(string accountId, string type, long now, IReadOnlyList<EventLink> resources, string? meta = null) =>
        new(accountId, type, EventNumbers.Next(now))
        {
            ConversationId = IdOf(resources, EventFields.Conversation),
            ContactId = IdOf(resources, EventFields.Contact),
            BotId = IdOf(resources, EventFields.Bot),
            TaskId = IdOf(resources, EventFields.Task),
            Links = [.. resources.Where(resource => !EventFields.OfColumns.Contains(resource.Field))],
            Meta = meta,
        };

    private static string? IdOf(IReadOnlyList<EventLink> resources, string field)
    {
        foreach (var resource in resources)
        {
            if (resource.Field == field)
                return resource.Id;
        }

        return null;
    }
}

/// <summary>A resource that an event is about.</summary>
/// <param name="Field">The field of the API, such as <c>datasetId</c>.</param>
/// <param name="Id">The id of the resource.</param>
internal readonly record struct EventLink(string Field, string Id);

using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Conversations;

/// <summary>
/// Finds the resources that conversations and stateless requests refer to. A resource that the caller may not use looks like one
/// that does not exist.
/// </summary>
internal sealed class ConversationReferences(IStore store, ContactStore contacts)
{
    public static ResourceReference Bot { get; } = new("botId", "bot");

    public static ResourceReference Dataset { get; } = new("datasetId", "dataset");

    public static ResourceReference Skillset { get; } = new("skillsetId", "skillset");

    public static ResourceReference Task { get; } = new("taskId", "task");

    public static ResourceReference Space { get; } = new("spaceId", "space");

    /// <summary>Replaces the addresses in a request with ids, and finds or creates its contact.</summary>
    /// <param name="given">The addresses of the resources.</param>
    /// <param name="contact">The contact; null for none.</param>
    /// <param name="accountId">The caller's account.</param>
    /// <param name="faults">The other faults of the request. If there are any, no contact is created.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <exception cref="ApiException">400 with every fault.</exception>
    public async Task<ConversationLinks> ResolveAsync(
        ConversationLinks given, ContactReference? contact, string accountId, Faults faults, CancellationToken cancellationToken)
    {
        var found = given.NamesResources
            ? await store.QueryAsync(db => ResolveAsync(db, given, accountId, faults), cancellationToken)
            : new ConversationLinks();
        faults.ThrowIfAny();
        return found with { ContactId = await contacts.ResolveAsync(contact, accountId, cancellationToken) };
    }

    private static async ValueTask<ConversationLinks> ResolveAsync(ISqlSession db, ConversationLinks given, string accountId, Faults faults) => new()
    {
        BotId = (await db.ResolveAsync(Bot, given.BotId, accountId, faults))?.Id,
        DatasetId = (await db.ResolveAsync(Dataset, given.DatasetId, accountId, faults))?.Id,
        SkillsetId = (await db.ResolveAsync(Skillset, given.SkillsetId, accountId, faults))?.Id,
        TaskId = (await db.ResolveAsync(Task, given.TaskId, accountId, faults))?.Id,
        SpaceId = (await db.ResolveAsync(Space, given.SpaceId, accountId, faults))?.Id,
    };
}

/// <summary>The references of a conversation: in a request ids, aliases or names, afterwards ids.</summary>
internal sealed record ConversationLinks
{
    public string? BotId { get; init; }

    public string? DatasetId { get; init; }

    public string? SkillsetId { get; init; }

    public string? TaskId { get; init; }

    public string? SpaceId { get; init; }

    public string? ContactId { get; init; }

    public bool NamesResources =>
        IsGiven(BotId) || IsGiven(DatasetId) || IsGiven(SkillsetId) || IsGiven(TaskId) || IsGiven(SpaceId) || IsGiven(ContactId);

    private IEnumerable<string> Resources =>
        new[] { BotId, DatasetId, SkillsetId, TaskId, SpaceId, ContactId }.Where(IsGiven).OfType<string>();

    public static ConversationLinks Of(ConversationCreateRequest request) => new()
    {
        BotId = request.BotId,
        DatasetId = request.DatasetId,
        SkillsetId = request.SkillsetId,
        TaskId = request.TaskId,
        SpaceId = request.SpaceId,
    };

    public static ConversationLinks Of(ConversationUpdateRequest request) => new()
    {
        BotId = request.BotId.Value,
        DatasetId = request.DatasetId.Value,
        SkillsetId = request.SkillsetId.Value,
        TaskId = request.TaskId.Value,
        SpaceId = request.SpaceId.Value,
    };

    /// <summary>
    /// Checks that the resources exist. This must run in the transaction that stores the links: deleting a resource clears the
    /// stored links to it, so a link must not be stored afterwards.
    /// </summary>
    public async ValueTask<bool> AreThereAsync(ISqlTransaction db)
    {
        foreach (var id in Resources)
        {
            if (!await db.AnyAsync(ResourceQueries.Exists, id))
                return false;
        }

        return true;
    }

    /// <summary>Creates the error for a referenced resource that was deleted meanwhile.</summary>
    public static ApiException Gone() => ApiException.BadRequest("What the conversation refers to was just deleted");

    private static bool IsGiven(string? id) => !string.IsNullOrEmpty(id);
}

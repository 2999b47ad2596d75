using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Mail;
using ChatBotKit.Server.Integrations.Extract;
using ChatBotKit.Server.Integrations.Support;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Digests.Idle;

/// <summary>
/// Finds the integrations of support and extraction that process idle conversations: those of the conversation's bot and account that are
/// switched on and have all settings that they need. No person took part in conversations of tasks and triggers, so these are skipped.
/// </summary>
internal sealed class IdleDigests(ModelRegistry models, SmtpOptions mail)
{
    /// <summary>How many integrations of a bot process a conversation.</summary>
    public const int MaxOfBot = 100;

    public async ValueTask<IReadOnlyList<StartedDigest>> FindAsync(
        ISqlSession db, IReadOnlyList<(ConversationRow Conversation, string LastMessageId)> idle)
    {
        var found = new List<StartedDigest>();
        var known = new Dictionary<(string, string), IReadOnlyList<(string WorkKind, string Id)>>();
        foreach (var (conversation, lastMessageId) in idle)
        {
            if (conversation.BotId is not { } botId || !DigestSubject.IsOfPeople(conversation))
                continue;
            if (!known.TryGetValue((botId, conversation.AccountId), out var integrations))
                known.Add((botId, conversation.AccountId), integrations = await ListAsync(db, botId, conversation.AccountId));
            found.AddRange(integrations.Select(one => new StartedDigest(one.WorkKind, DigestSubject.KeyOf(one.Id, conversation.Id, lastMessageId))));
        }

        return found;
    }

    private async ValueTask<IReadOnlyList<(string WorkKind, string Id)>> ListAsync(ISqlSession db, string botId, string accountId)
    {
        var rows = await db.ListLinkedToAsync(botId, accountId, SupportKind.Name, ExtractKind.Name, MaxOfBot);
        return [.. rows.Where(IsReady).Select(row => (row.Kind == SupportKind.Name ? SupportWork.WorkKind : ExtractWork.WorkKind, row.Id))];
    }

    private bool IsReady(ResourceRow row)
    {
        var settings = ResourceEdit.Read(row.Data);
        return (string?)settings["trigger"] != IntegrationTriggerMode.Never.Value && FollowsInstructions((string?)settings["model"])
            && (row.Kind != SupportKind.Name || CanSend(settings));
    }

    private bool CanSend(JsonObject settings) => mail.Host is not null && !string.IsNullOrWhiteSpace((string?)settings["email"]);

    private bool FollowsInstructions(string? model)
    {
        try
        {
            return models.Resolve(model).Provider.FollowsInstructions;
        }
        catch (ModelReferenceException)
        {
            // The model is no longer configured.
            return false;
        }
    }
}

/// <summary>The processing of an idle conversation by an integration.</summary>
/// <param name="WorkKind">The kind of the due work.</param>
/// <param name="Key">The key of the due work.</param>
internal readonly record struct StartedDigest(string WorkKind, string Key)
{
    public DueWorkRow ToWork(DateTimeOffset now) => DueWorkRow.New(WorkKind, Key, now, now);
}

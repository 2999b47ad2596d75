namespace ChatBotKit.Server.Changes;

/// <summary>The fields of the API by which an event names resources.</summary>
internal static class EventFields
{
    public const string Conversation = "conversationId";

    public const string Contact = "contactId";

    public const string Bot = "botId";

    public const string Task = "taskId";

    public const string Dataset = "datasetId";

    public const string Record = "recordId";

    public const string Skillset = "skillsetId";

    public const string Ability = "abilityId";

    public const string File = "fileId";

    private const string IntegrationPrefix = "integration.";

    /// <summary>The fields with a column of their own, by which most lists are filtered.</summary>
    public static IReadOnlyList<string> OfColumns { get; } = [Conversation, Contact, Bot, Task];

    /// <summary>All other fields.</summary>
    public static IReadOnlyList<string> OfLinks { get; } =
    [
        "blueprintId", Dataset, Record, Skillset, Ability, File, "secretId", "portalId", "widgetIntegrationId", "slackIntegrationId",
        "discordIntegrationId", "microsoftteamsIntegrationId", "googlechatIntegrationId", "whatsappIntegrationId",
        "messengerIntegrationId", "telegramIntegrationId", "twilioIntegrationId", "emailIntegrationId", "sitemapIntegrationId",
        "notionIntegrationId", "triggerIntegrationId", "supportIntegrationId", "extractIntegrationId", "mcpserverIntegrationId",
        "githubIntegrationId", "instagramIntegrationId", "skillserverIntegrationId", "webhookId",
    ];

    /// <summary>Returns the field that names a resource of a kind; null for a kind that events have no field for.</summary>
    public static string? Of(string kind)
    {
        var field = kind.StartsWith(IntegrationPrefix, StringComparison.Ordinal) ? $"{kind[IntegrationPrefix.Length..]}IntegrationId" : $"{kind}Id";
        return IsField(field) ? field : null;
    }

    /// <summary>Whether events have a field with this name.</summary>
    public static bool IsField(string name) => OfColumns.Contains(name) || OfLinks.Contains(name);
}

using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Automations;

/// <summary>The kinds of integrations that work by themselves.</summary>
internal static class AutomationKinds
{
    private const int Results = 20;

    private static readonly AutomationField Mode = new("trigger", "Runs", AutomationInput.Choice)
    {
        Choices = [(IntegrationTriggerMode.Automatic.Value, "when a conversation has been idle"), (IntegrationTriggerMode.Never.Value, "only when you start it")],
        Default = IntegrationTriggerMode.Automatic.Value,
    };

    private static readonly AutomationField Zone = new("timezone", "Time zone") { Help = "The zone of the times in the schedule, such as Europe/Sofia. Empty for UTC." };

    public static readonly IReadOnlyList<AutomationKind> All = [Trigger(), Support(), Extract(), Sitemap()];

    private static AutomationKind<IntegrationTriggerItem, IntegrationTriggerCreateRequest, IntegrationTriggerUpdateRequest> Trigger() =>
        new("trigger", "Trigger", "Triggers", "Starts a bot on a schedule, or when a program sends an event.", "Trigger")
        {
            ClientOf = static api => api.Integration.Trigger,
            Fields =
            [
                AutomationField.OfName, new("description", "Description", AutomationInput.Lines), AutomationField.OfBot,
                Schedule("schedule", "Schedule"), Zone,
                new("sessionDuration", "Events of a session share a conversation", AutomationInput.NumberChoice)
                {
                    Choices = [("", "for a day"), ("0", "never"), ("3600000", "for an hour"), ("604800000", "for a week")],
                },
                new("authenticate", "Programs must send the secret", AutomationInput.Check) { Default = "on" },
            ],
            RunOperation = "invoke",
            RunAbout = "The bot gets an event that says that you have started it.",
            Run = static (api, id, token) => api.Integration.Trigger.InvokeAsync(id, token),
            AddressOperation = "event",
            SecretOf = static item => item.Secret,
            Facts = static item => [AutomationFact.When("Last started", item.LastTriggerAt), AutomationFact.When("Next start", item.NextTriggerAt)],
        };

    private static AutomationKind<IntegrationSupportItem, IntegrationSupportCreateRequest, IntegrationSupportUpdateRequest> Support() =>
        new("support", "Support", "Support", "Sends conversations with a summary to people by e-mail.", "Support")
        {
            ClientOf = static api => api.Integration.Support,
            Fields = [AutomationField.OfName, AutomationField.OfBot, new("email", "E-mail address of the people"), Mode],
            RunOperation = "trigger",
            RunAbout = "Sends the newest 20 conversations of the bot. The server needs a mail server (CHATBOTKIT_SMTP_URL).",
            Run = static (api, id, token) => api.Integration.Support.TriggerAsync(id, cancellationToken: token),
            Facts = static item => [ModeOf(item.Trigger)],
        };

    private static AutomationKind<IntegrationExtractItem, IntegrationExtractCreateRequest, IntegrationExtractUpdateRequest> Extract() =>
        new("extract", "Extraction", "Extractions", "Reads data of a form of yours from conversations, and keeps it or posts it to an address.", "Extract")
        {
            ClientOf = static api => api.Integration.Extract,
            Fields =
            [
                AutomationField.OfName, AutomationField.OfBot,
                new("schema", "Schema", AutomationInput.Json)
                {
                    Help = "A JSON schema of the data.",
                    Default = "{\n  \"type\": \"object\",\n  \"properties\": {\n    \"email\": { \"type\": \"string\" }\n  }\n}",
                },
                new("request", "Posted to", AutomationInput.Lines) { Help = "An https address, or an HTTP request as text. Empty only keeps the data." },
                new("model", "Model") { Help = "Empty for the default of the server." }, Mode,
            ],
            RunOperation = "trigger",
            RunAbout = "Reads the newest 20 conversations of the bot.",
            Run = static (api, id, token) => api.Integration.Extract.TriggerAsync(id, cancellationToken: token),
            Facts = static item => [ModeOf(item.Trigger)],
            ResultsTitle = "Newest data",
            Results = static async (api, id, token) =>
                [.. (await api.Integration.Extract.Item.ListAsync(id, new() { Take = Results }, token)).Items.Select(static one => new AutomationResult(one.UpdatedAt, one.Data.ToJsonString(JsonText.WithoutNulls), one.ConversationId))],
        };

    private static AutomationKind<IntegrationSitemapItem, IntegrationSitemapCreateRequest, IntegrationSitemapUpdateRequest> Sitemap() =>
        new("sitemap", "Web site", "Web sites", "Fills a dataset from the pages of a web site.", "Sitemap")
        {
            ClientOf = static api => api.Integration.Sitemap,
            Fields =
            [
                AutomationField.OfName, new("datasetId", "Dataset", AutomationInput.Dataset),
                new("url", "Address") { Help = "Of the site, or of its site map." },
                new("glob", "Pages", AutomationInput.Lines) { Help = "One pattern in each line. ! before a pattern leaves its pages out. Empty for all." },
                new("selectors", "Parts of a page") { Help = "CSS selectors. Empty for the whole page." },
                Schedule("syncSchedule", "Read again"),
                new("expiresIn", "Records are kept", AutomationInput.NumberChoice)
                {
                    Choices = [("", "without a limit"), ("604800000", "for a week"), ("2592000000", "for 30 days")],
                },
            ],
            RunOperation = "sync",
            RunAbout = "Reads the pages now. A record of a page that can't be read stays.",
            Run = static (api, id, token) => api.Integration.Sitemap.SyncAsync(id, token),
            Facts = static item =>
            [
                new("Last result", item.SyncStatus?.Value ?? "none") { IsBad = item.SyncStatus == IntegrationSyncStatus.Error },
                AutomationFact.When("Last read", item.LastSyncedAt),
            ],
        };

    private static AutomationFact ModeOf(IntegrationTriggerMode? mode) =>
        new("Runs", Mode.Choices.FirstOrDefault(choice => choice.Value == mode?.Value).Text ?? "only when you start it");

    private static AutomationField Schedule(string name, string label) =>
        new(name, label) { Help = "hourly, daily, weekly or monthly; 18:30 every day; 0 9 * * MON (minute, hour, day, month, day of the week). Empty for never." };
}

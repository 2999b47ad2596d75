namespace ChatBotKit.Tests;

internal static class EventOperations
{
    private const string Event =
        """{"id":"e1","type":"conversation.create","conversationId":"c1","botId":"b1","mcpserverIntegrationId":"i1","meta":{"a":1},"createdAt":1767225600000,"updatedAt":1767225600001}""";

    private static readonly EventLogListRequest ManyFilters = new()
    {
        Take = 5,
        Type = "bot.update",
        ConversationId = "c1",
        TaskId = "t1",
        ContactId = "p1",
        BlueprintId = "bp1",
        BotId = "b1,b2",
        DatasetId = "d1",
        RecordId = "r1",
        SkillsetId = "s1",
        AbilityId = "a1",
        FileId = "f1",
        SecretId = "x1",
        PortalId = "o1",
        WebhookId = "w1",
    };

    private static readonly EventLogListRequest EveryIntegration = new()
    {
        WidgetIntegrationId = "i01",
        SlackIntegrationId = "i02",
        DiscordIntegrationId = "i03",
        MicrosoftteamsIntegrationId = "i04",
        GooglechatIntegrationId = "i05",
        WhatsappIntegrationId = "i06",
        MessengerIntegrationId = "i07",
        TelegramIntegrationId = "i08",
        TwilioIntegrationId = "i09",
        EmailIntegrationId = "i10",
        SitemapIntegrationId = "i11",
        NotionIntegrationId = "i12",
        TriggerIntegrationId = "i13",
        SupportIntegrationId = "i14",
        ExtractIntegrationId = "i15",
        McpserverIntegrationId = "i16",
        GithubIntegrationId = "i17",
        InstagramIntegrationId = "i18",
        SkillserverIntegrationId = "i19",
    };

    public static IEnumerable<OperationCase> All =>
    [
        new(
            "EventLogClient.ListAsync",
            async (api, token) => (await api.Event.Log.ListAsync(ManyFilters, token)).Items[0].Type,
            "GET /api/v1/event/log/list?take=5&type=bot.update&conversationId=c1&taskId=t1&contactId=p1&blueprintId=bp1&botId=b1%2Cb2"
                + "&datasetId=d1&recordId=r1&skillsetId=s1&abilityId=a1&fileId=f1&secretId=x1&portalId=o1&webhookId=w1",
            $$"""{"items":[{{Event}}],"cursor":"e1"}""",
            "conversation.create"),
        new(
            "EventLogClient.ListAsync streamed",
            async (api, token) => (await api.Event.Log.ListAsync(EveryIntegration, token).ToListAsync())[0].McpserverIntegrationId!,
            "GET /api/v1/event/log/list?widgetIntegrationId=i01&slackIntegrationId=i02&discordIntegrationId=i03&microsoftteamsIntegrationId=i04"
                + "&googlechatIntegrationId=i05&whatsappIntegrationId=i06&messengerIntegrationId=i07&telegramIntegrationId=i08&twilioIntegrationId=i09"
                + "&emailIntegrationId=i10&sitemapIntegrationId=i11&notionIntegrationId=i12&triggerIntegrationId=i13&supportIntegrationId=i14"
                + "&extractIntegrationId=i15&mcpserverIntegrationId=i16&githubIntegrationId=i17&instagramIntegrationId=i18&skillserverIntegrationId=i19",
            $$"""{"type":"item","data":{{Event}} }""",
            "i1") { Accept = "application/jsonl" },
        new(
            "EventLogClient.ExportAsync",
            async (api, token) => (await api.Event.Log.ExportAsync(new EventLogListRequest { Order = ListOrder.Ascending, From = DateTimeOffset.UnixEpoch, To = DateTimeOffset.UnixEpoch.AddDays(1) }, token)).Cursor!,
            "GET /api/v1/event/log/export?order=asc&from=1970-01-01T00%3A00%3A00.000Z&to=1970-01-02T00%3A00%3A00.000Z",
            $$"""{"items":[{{Event}}],"cursor":"e1"}""",
            "e1"),
        new(
            "EventLogClient.ExportCsvAsync",
            async (api, token) =>
            {
                using var file = new MemoryStream();
                await api.Event.Log.ExportCsvAsync(file, new EventLogListRequest { BotId = "b1" }, token);
                return System.Text.Encoding.UTF8.GetString(file.ToArray());
            },
            "GET /api/v1/event/log/export?botId=b1",
            "\"id\"\n\"e1\"\n",
            "\"id\"\n\"e1\"\n") { Accept = "text/csv", AnswerType = "text/csv" },
        new(
            "EventLogClient.SubscribeAsync",
            async (api, token) => string.Join(' ', (await api.Event.Log.SubscribeAsync(new EventLogSubscribeRequest { HistoryLength = 2 }, token).ToListAsync())
                .Select(item => $"{item.Id}@{item.CreatedAt.ToUnixTimeMilliseconds()}")),
            "POST /api/v1/event/log/subscribe\n" + """{"historyLength":2}""",
            // In lists, times are numbers; in streams, some servers write them as text.
            $$"""
            {"type":"item","data":{{Event}} }
            {"type":"ping","data":{} }
            {"type":"item","data":{"id":"e2","type":"bot.update","createdAt":"2026-01-01T00:00:00.007Z","updatedAt":"2026-01-01T00:00:00.007Z"} }
            """,
            "e1@1767225600000 e2@1767225600007") { Accept = "application/jsonl" },
        new(
            "EventLogClient.SubscribeAsync without history",
            async (api, token) => (await api.Event.Log.SubscribeAsync(cancellationToken: token).ToListAsync()).Count.ToString(),
            "POST /api/v1/event/log/subscribe\n{}",
            "",
            "0") { Accept = "application/jsonl" },
    ];
}

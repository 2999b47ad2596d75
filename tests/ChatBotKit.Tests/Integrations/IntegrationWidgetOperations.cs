namespace ChatBotKit.Tests;

internal static class IntegrationWidgetOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationWidgetItem, IntegrationWidgetCreateRequest, IntegrationWidgetUpdateRequest>(
            "widget",
            api => api.Integration.Widget,
            new IntegrationWidgetCreateRequest
            {
                BotId = "b1", Theme = "dark", Layout = "la1", Title = "ti1",
                Intro = "in1", Initial = "in1", Placeholder = "pl1", Origin = "https://example.com",
                SessionDuration = 60000, Language = "de", Plugins = "pl1", Stream = true,
                Verbose = true, Tools = true, Unfurl = true, Math = true,
                Carousel = true, Form = true, Attachments = true, AutoScroll = true,
                StartFirst = true, ContactCollection = true, ExportConversation = true, RestartConversation = true,
                Maximize = true, MessagePeek = true, VoiceIn = true, VoiceOut = true,
                PoweredBy = true, Alias = "main", Name = "Support",
            },
            """{"botId":"b1","theme":"dark","layout":"la1","title":"ti1","intro":"in1","initial":"in1","placeholder":"pl1","origin":"https://example.com","sessionDuration":60000,"language":"de","plugins":"pl1","stream":true,"verbose":true,"tools":true,"unfurl":true,"math":true,"carousel":true,"form":true,"attachments":true,"autoScroll":true,"startFirst":true,"contactCollection":true,"exportConversation":true,"restartConversation":true,"maximize":true,"messagePeek":true,"voiceIn":true,"voiceOut":true,"poweredBy":true,"alias":"main","name":"Support"}""",
            new IntegrationWidgetUpdateRequest { BotId = Optional<string>.Null, SessionDuration = 60000, PoweredBy = true, Alias = "main" },
            """{"botId":null,"sessionDuration":60000,"poweredBy":true,"alias":"main"}""",
            """{"botId":"b1","theme":"dark","layout":"la1","title":"ti1","intro":"in1","initial":"in1","placeholder":"pl1","origin":"https://example.com","sessionDuration":60000,"language":"de","plugins":"pl1","stream":true,"verbose":true,"tools":true,"unfurl":true,"math":true,"carousel":true,"form":true,"attachments":true,"autoScroll":true,"startFirst":true,"contactCollection":true,"exportConversation":true,"restartConversation":true,"maximize":true,"messagePeek":true,"voiceIn":true,"voiceOut":true,"poweredBy":true}""",
            item => $"{item.BotId} {item.Theme} {item.Layout} {item.Title} {item.Intro} {item.Initial} {item.Placeholder} {item.Origin} {item.SessionDuration} {item.Language} {item.Plugins} {item.Stream} {item.Verbose} {item.Tools} {item.Unfurl} {item.Math} {item.Carousel} {item.Form} {item.Attachments} {item.AutoScroll} {item.StartFirst} {item.ContactCollection} {item.ExportConversation} {item.RestartConversation} {item.Maximize} {item.MessagePeek} {item.VoiceIn} {item.VoiceOut} {item.PoweredBy}",
            "b1 dark la1 ti1 in1 in1 pl1 https://example.com 60000 de pl1 True True True True True True True True True True True True True True True True True True"),
        new(
            "IntegrationWidgetSessionClient.CreateAsync",
            async (api, token) => (await api.Integration.Widget.Session.CreateAsync(
                "i1",
                new IntegrationWidgetSessionCreateRequest { DurationInSeconds = 1800, Contact = new ContactUpsertRequest { Email = "a@example.com" }, ResumeKey = "k1" },
                token)).ResumeKey!,
            "POST /api/v1/integration/widget/i1/session/create\n" + """{"durationInSeconds":1800,"contact":{"email":"a@example.com"},"resumeKey":"k1"}""",
            """{"id":"i1","conversationId":"c1","token":"t.o.k","expiresAt":1767225600000,"resumeKey":"k2","widget":{"title":"Flowers"}}""",
            "k2"),
        new(
            "IntegrationWidgetClient.SetupAsync",
            async (api, token) => (await api.Integration.Widget.SetupAsync("i1", token)).Id,
            "POST /api/v1/integration/widget/i1/setup\n{}",
            """{"id":"i1"}""",
            "i1"),
        new(
            "IntegrationWidgetClient.CloneAsync",
            async (api, token) => (await api.Integration.Widget.CloneAsync("i1", token)).Id,
            "POST /api/v1/integration/widget/i1/clone\n{}",
            """{"id":"i1"}""",
            "i1"),
        new(
            "IntegrationWidgetFileClient.AttachAsync",
            async (api, token) => (await api.Integration.Widget.File.AttachAsync(
                "i1", "f1", new IntegrationWidgetFileAttachRequest { Type = IntegrationWidgetFileType.Button }, token)).Type.Value,
            "POST /api/v1/integration/widget/i1/file/f1/attach\n" + """{"type":"button"}""",
            """{"id":"f1","type":"button","widgetIntegrationId":"i1"}""",
            "button"),
        new(
            "IntegrationWidgetFileClient.DetachAsync",
            async (api, token) => (await api.Integration.Widget.File.DetachAsync("i1", "f1", token)).WidgetIntegrationId,
            "POST /api/v1/integration/widget/i1/file/f1/detach\n{}",
            """{"id":"f1","type":"bar","widgetIntegrationId":"i1"}""",
            "i1"),
    ];
}

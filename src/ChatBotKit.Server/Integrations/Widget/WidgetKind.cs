using System.Text.Json.Nodes;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Widget;

internal static class WidgetKind
{
    public const string Name = "integration.widget";

    private static readonly string[] On =
    [
        "stream", "verbose", "unfurl", "autoScroll", "exportConversation", "restartConversation",
        "maximize", "messagePeek", "poweredBy",
    ];

    private static readonly string[] Off =
    [
        "tools", "math", "carousel", "form", "attachments", "startFirst", "contactCollection", "voiceIn", "voiceOut",
    ];

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationWidgetItem, IntegrationWidgetCreateRequest, IntegrationWidgetUpdateRequest>(Name, "/integration/widget")
        {
            References = ChatIntegrations.References,
            Defaults = new JsonObject(
                On.Select(field => KeyValuePair.Create(field, (JsonNode?)true)).Concat(Off.Select(field => KeyValuePair.Create(field, (JsonNode?)false)))),
            CheckItem = static (item, check) =>
            {
                ChatIntegrations.CheckSessionDuration(item.SessionDuration, check);
                WidgetRules.Check(item, check.Faults);
            },
        };
}

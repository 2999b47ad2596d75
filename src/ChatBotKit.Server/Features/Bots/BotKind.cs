using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Bots;

internal static class BotKind
{
    public const string Name = Bot.Kind;

    public static ResourceKind Create() => new ResourceKind<BotItem, BotCreateRequest, BotUpdateRequest>(Name, "/bot")
    {
        References = [new("datasetId", "dataset"), new("skillsetId", "skillset")],
        Defaults = new() { ["backstory"] = "", ["model"] = "", ["privacy"] = false, ["moderation"] = false },
        Limits = new Dictionary<string, int> { ["backstory"] = FieldRules.MaxBackstoryBytes, ["model"] = 512 },
        CheckItem = static (item, check) =>
        {
            // Only a changed model is checked, so that a bot whose model is no longer configured can still be updated.
            if (check.Changed.Contains("model"))
                check.Faults.CheckModel(check.Services.GetRequiredService<ModelRegistry>(), item.Model);
            if (check.Changed.Contains("moderation"))
                check.Faults.CheckModeration(check.Services.GetRequiredService<Moderator>(), item.Moderation);
        },
        NamedBy = [ConversationTable.Bot],
    };
}

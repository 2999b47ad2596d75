using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.Features.Conversations;

/// <summary>What the bodies of create and update must keep to.</summary>
internal static class ConversationChecks
{
    /// <exception cref="ApiException">400 with every fault.</exception>
    public static void Check(this ConversationCreateRequest request, ModelRegistry models)
    {
        var checks = new FieldChecks();
        checks.Name(request.Name);
        checks.Description(request.Description);
        checks.Meta(request.Meta);
        checks.Unserved("botId", request.BotId);
        checks.Unserved("datasetId", request.DatasetId);
        checks.Unserved("skillsetId", request.SkillsetId);
        checks.Unserved("taskId", request.TaskId);
        checks.Unserved("spaceId", request.SpaceId);
        checks.Model(models, request.Model);
        checks.Text("backstory", request.Backstory, FieldChecks.MaxBackstoryBytes);
        for (var i = 0; i < request.Messages?.Count; i++)
            CheckMessage(checks, request.Messages[i], $"messages[{i}]");
        checks.ThrowIfAny();
    }

    /// <exception cref="ApiException">400 with every fault.</exception>
    public static void Check(this ConversationUpdateRequest request, ModelRegistry models)
    {
        var checks = new FieldChecks();
        checks.Name(request.Name.Value);
        checks.Description(request.Description.Value);
        checks.Meta(request.Meta.Value);
        checks.Unserved("botId", request.BotId.Value);
        checks.Unserved("datasetId", request.DatasetId.Value);
        checks.Unserved("skillsetId", request.SkillsetId.Value);
        checks.Unserved("taskId", request.TaskId.Value);
        checks.Unserved("spaceId", request.SpaceId.Value);
        checks.Model(models, request.Model.Value);
        checks.Text("backstory", request.Backstory.Value, FieldChecks.MaxBackstoryBytes);
        checks.ThrowIfAny();
    }

    private static void CheckMessage(FieldChecks checks, ConversationMessage? message, string field)
    {
        if (message is null)
        {
            checks.Add(field, "must not be null");
            return;
        }

        checks.Type(message.Type, $"{field}.type");
        checks.Text($"{field}.text", message.Text, FieldChecks.MaxTextBytes);
        checks.Name(message.Name, $"{field}.name");
        checks.Description(message.Description, $"{field}.description");
        checks.Meta(message.Meta, $"{field}.meta");
        if (message.Type == MessageType.Activity && ToolActivity.Parse(message.Meta) is null)
            checks.Add($"{field}.meta.activity", "must say the type and the function of the activity");
    }
}

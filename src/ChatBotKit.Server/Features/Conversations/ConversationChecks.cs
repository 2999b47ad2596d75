using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.Features.Conversations;

/// <summary>What the bodies of create and update must keep to.</summary>
internal static class ConversationChecks
{
    /// <exception cref="ApiException">400 with every fault.</exception>
    public static void Check(this ConversationCreateRequest request, ModelRegistry models)
    {
        var faults = new Faults();
        faults.CheckName(request.Name);
        faults.CheckDescription(request.Description);
        faults.CheckMeta(request.Meta);
        faults.CheckUnserved(request.BotId, "botId");
        faults.CheckUnserved(request.DatasetId, "datasetId");
        faults.CheckUnserved(request.SkillsetId, "skillsetId");
        faults.CheckUnserved(request.TaskId, "taskId");
        faults.CheckUnserved(request.SpaceId, "spaceId");
        faults.CheckModel(models, request.Model);
        faults.CheckText(request.Backstory, "backstory", FieldRules.MaxBackstoryBytes);
        for (var i = 0; i < request.Messages?.Count && !faults.IsFull; i++)
            CheckMessage(faults, request.Messages[i], $"messages[{i}]");
        faults.ThrowIfAny();
    }

    /// <exception cref="ApiException">400 with every fault.</exception>
    public static void Check(this ConversationUpdateRequest request, ModelRegistry models)
    {
        var faults = new Faults();
        faults.CheckName(request.Name.Value);
        faults.CheckDescription(request.Description.Value);
        faults.CheckMeta(request.Meta.Value);
        faults.CheckUnserved(request.BotId.Value, "botId");
        faults.CheckUnserved(request.DatasetId.Value, "datasetId");
        faults.CheckUnserved(request.SkillsetId.Value, "skillsetId");
        faults.CheckUnserved(request.TaskId.Value, "taskId");
        faults.CheckUnserved(request.SpaceId.Value, "spaceId");
        faults.CheckModel(models, request.Model.Value);
        faults.CheckText(request.Backstory.Value, "backstory", FieldRules.MaxBackstoryBytes);
        faults.ThrowIfAny();
    }

    private static void CheckMessage(Faults faults, ConversationMessage? message, string field)
    {
        if (message is null)
        {
            faults.Add($"\"{field}\" must not be null");
            return;
        }

        faults.CheckType(message.Type, $"{field}.type");
        faults.CheckText(message.Text, $"{field}.text");
        faults.CheckName(message.Name, $"{field}.name");
        faults.CheckDescription(message.Description, $"{field}.description");
        faults.CheckMeta(message.Meta, $"{field}.meta", MessageRules.MaxMetaBytesOf(message.Type));
    }
}

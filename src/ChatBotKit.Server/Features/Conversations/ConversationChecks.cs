using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.Features.Conversations;

/// <summary>Checks the bodies of create and update requests.</summary>
internal static class ConversationChecks
{
    /// <summary>Adds the faults of all fields except references.</summary>
    public static void Check(this Faults faults, ConversationCreateRequest request, ModelRegistry models, Moderator moderator)
    {
        faults.CheckName(request.Name);
        faults.CheckDescription(request.Description);
        faults.CheckMeta(request.Meta);
        faults.CheckModel(models, request.Model);
        faults.CheckModeration(moderator, request.Moderation);
        faults.CheckText(request.Backstory, "backstory", FieldRules.MaxBackstoryBytes);
        for (var i = 0; i < request.Messages?.Count && !faults.IsFull; i++)
            CheckMessage(faults, request.Messages[i], $"messages[{i}]");
    }

    /// <summary>Adds the faults of all fields except references.</summary>
    public static void Check(this Faults faults, ConversationUpdateRequest request, ModelRegistry models, Moderator moderator)
    {
        faults.CheckName(request.Name.Value);
        faults.CheckDescription(request.Description.Value);
        faults.CheckMeta(request.Meta.Value);
        faults.CheckModel(models, request.Model.Value);
        faults.CheckModeration(moderator, request.Moderation.Value);
        faults.CheckText(request.Backstory.Value, "backstory", FieldRules.MaxBackstoryBytes);
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

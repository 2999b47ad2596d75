using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;

/// <summary><c>attachment.read</c>: the text of a file that was attached to the conversation of the run.</summary>
internal sealed class AttachmentAction(IAttachmentReader attachments) : IAbilityAction
{
    public IReadOnlyList<string> Names { get; } = ["attachment.read"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) => [ActionFields.Required("url", "The address of the attached file, as it is in the conversation."), .. FileAction.Lines];

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var conversation = call.Scope.ConversationId ?? throw new AbilityException("This run has no conversation.");
        var address = call.Require("url");
        var name = address[(address.LastIndexOf('/') + 1)..];
        var found = await attachments.ReadAsync(conversation, [name], cancellationToken);
        if (!found.TryGetValue(name, out var file))
            return AbilityResult.Failed("There is no such attachment.");
        if (file.Text is not { } text)
            return AbilityResult.Failed(file.Refusal ?? "The attachment has no text.");
        return AbilityResult.Of(new JsonObject
        {
            ["name"] = file.Name,
            ["text"] = TextFiles.Lines(text, FileAction.LineOf(call, "startLine"), FileAction.LineOf(call, "endLine")),
            ["isCut"] = file.IsCut,
        });
    }
}

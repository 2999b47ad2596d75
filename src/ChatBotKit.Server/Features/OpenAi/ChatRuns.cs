using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations.Attachments;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>Prepares the run of a request for a completion. It is a stateless run: nothing is stored.</summary>
internal sealed class ChatRuns(ChatModels models, RunAttachments files, EngineServices engine)
{
    /// <exception cref="ChatFault">The request can't be handled.</exception>
    /// <exception cref="ApiException">429: a policy blocks the bot.</exception>
    public async Task<StatelessRequest> PrepareAsync(ChatRequest request, Caller caller, HttpContext context)
    {
        var found = await models.FindAsync(request.Model, caller.AccountId, context.RequestAborted);
        if (!found.Model.Provider.FollowsInstructions)
            RefuseInstructions(request);
        (await engine.FindRefusalAsync(caller.AccountId, found.BotId, found.Persona)).ThrowIfRefused();
        var transcript = request.Messages.Transcript;
        if (IsEmpty(request, found.Persona))
            throw ChatFault.Bad("messages", "Invalid 'messages': none of them has a content.");
        await AddPicturesAsync(request.Messages, context.RequestAborted);
        var input = new RunInput
        {
            Kind = RunKinds.Complete,
            AccountId = caller.AccountId,
            ScopeId = caller.ScopeId,
            BotId = found.BotId,
            Functions = request.Tools,
            ExtraBackstory = request.Messages.System,
            Answer = request.Answer,
            // A caller that limits the tokens wants to see that the limit was reached.
            Bounds = RunBounds.Default with { Continuations = 0 },
            TimeZone = RequestTimeZone.From(context),
        };
        input = await engine.Placeholders.FillAsync(input, new PlaceholderSubjects(), found.Persona, transcript);
        var model = found.Model with { Model = request.Settings.Over(found.Model.Model) };
        return new StatelessRequest(input, found.Persona, model, transcript, []);
    }

    /// <summary>Whether nothing would be sent to the model. Providers refuse that with errors of their own.</summary>
    private static bool IsEmpty(ChatRequest request, Persona persona) =>
        request.Messages is { System: null, Pictures.Count: 0 } && string.IsNullOrEmpty(persona.Backstory)
        && request.Messages.Transcript.TrueForAll(static message => message is { Text: "", Activity: null });

    private static void RefuseInstructions(ChatRequest request)
    {
        const string Sentence = "The built-in model quotes texts, and can't answer in JSON or call tools: choose a language model.";
        if (request.Answer.Format is not null)
            throw ChatFault.Bad("response_format", Sentence);
        if (request.Answer.ToolChoice == ModelProviders.ToolChoice.Required || request.Settings.Function is not null)
            throw ChatFault.Bad("tool_choice", Sentence);
    }

    private async Task AddPicturesAsync(ChatMessages messages, CancellationToken cancellationToken)
    {
        if (messages.Pictures.Count == 0)
            return;
        var faults = new Faults();
        var contents = await files.ReadLinkedAsync(
            [.. messages.Pictures.Select(picture => (picture.Url, picture.Param))], faults, cancellationToken);
        if (faults.Message is { } fault)
            throw ChatFault.Bad("messages", fault);
        foreach (var (picture, content) in messages.Pictures.Zip(contents))
        {
            var message = messages.Transcript[picture.Message];
            messages.Transcript[picture.Message] = content!.ToModel() is { } shown
                ? message with { Pictures = [.. message.Pictures, shown] }
                : message with { Text = $"{message.Text}\n\n{content.Words ?? content.Label}".Trim() };
        }
    }
}

using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>One call of the API: a run over all messages, or a run in a stored conversation.</summary>
internal sealed class ChatCall(
    ChatBotKitApi api, ChatBotKitChatClientOptions client, ChatBotKitChatClient self,
    IReadOnlyList<ChatMessage> messages, ChatOptions? options, CallFunctions functions)
{
    /// <summary>How far back the call of an answered function is looked for.</summary>
    private const int StoredMessages = 100;

    private static readonly TimeSpan AbortTimeout = TimeSpan.FromSeconds(5);

    private Func<string?> _runId = () => null;

    /// <summary>The stored conversation; null when nothing is stored.</summary>
    public string? ConversationId { get; } = options?.ConversationId ?? client.ConversationId;

    /// <summary>Gets the requested model; null when the bot or the conversation decides.</summary>
    public string? ModelId => ConversationId is null ? options?.ModelId ?? client.ModelId : null;

    /// <summary>The run, which starts when it is enumerated.</summary>
    public IAsyncEnumerable<RunEvent> Events { get; private set; } = AsyncEnumerable.Empty<RunEvent>();

    /// <summary>The id of the run, once it is known.</summary>
    public string? RunId => _runId();

    /// <summary>Prepares the run. In a stored conversation, all messages except the last one are stored here.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var transcript = new Transcript(messages, options, functions.Names, onlyNew: ConversationId is not null);
        if (ConversationId is null)
        {
            Follow(api.Conversation.CompleteAsync(StatelessRequest(transcript), cancellationToken));
            return;
        }

        await FindCallsAsync(transcript, cancellationToken).ConfigureAwait(false);
        List<ConversationMessage> news = [.. transcript.ToConversation()];
        foreach (var file in transcript.Attachments)
        {
            var upload = new AttachmentUploadRequest { File = file };
            await api.Conversation.Attachment.UploadAsync(ConversationId, upload, cancellationToken).ConfigureAwait(false);
        }
        var last = news is [.., { Type: var type } message] && type == MessageType.User ? message : null;
        foreach (var earlier in last is null ? news : news[..^1])
            await api.Conversation.Message.CreateAsync(ConversationId, Stored(earlier), cancellationToken).ConfigureAwait(false);
        Follow(api.Conversation.CompleteAsync(ConversationId, StoredRequest(transcript, last?.Text), cancellationToken));
    }

    /// <summary>Ends the run. A failure to do so is ignored, because nobody reads the run any more.</summary>
    public async Task AbortAsync()
    {
        if (ConversationId is null || RunId is not { } runId)
            return;
        using var timeout = new CancellationTokenSource(AbortTimeout);
        try
        {
            await api.Conversation.Run.AbortAsync(ConversationId, runId, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ChatBotKitException or OperationCanceledException)
        {
            // The run may have ended already, or the session may lack the permission to abort runs. In both cases the
            // server ends it.
        }
    }

    private void Follow<T>(ResponsePromise<T, RunEvent> run)
    {
        Events = run;
        _runId = () => run.RunId;
    }

    private ConversationCompleteRequest StatelessRequest(Transcript transcript)
    {
        var request = OptionSupport.RawOf<ConversationCompleteRequest>(options, self) ?? new ConversationCompleteRequest { Messages = [] };
        var botId = request.BotId ?? client.BotId;
        var model = ModelName.Of(ModelId ?? request.Model, options, functions.Names);
        OptionSupport.CheckModel(options, model);
        var added = transcript.Attachments.Select(url => new AttachmentReference { Url = url });
        List<AttachmentReference> files = [.. request.Attachments ?? [], .. added];
        return request with
        {
            Messages = [.. request.Messages, .. transcript.ToConversation()],
            BotId = botId,
            Model = model,
            // A bot keeps its own backstory, and the instructions are added to it.
            Backstory = botId is null ? Join(request.Backstory, transcript.Instructions) : request.Backstory,
            Extensions = botId is null ? request.Extensions : Extend(request.Extensions, transcript.Instructions),
            Functions = Add(request.Functions),
            Attachments = files.Count > 0 ? files : null,
            Namespace = request.Namespace ?? (files.Count > 0 ? Guid.NewGuid().ToString("N") : null),
        };
    }

    private ConversationCompleteMessageRequest StoredRequest(Transcript transcript, string? text)
    {
        var request = OptionSupport.RawOf<ConversationCompleteMessageRequest>(options, self) ?? new ConversationCompleteMessageRequest();
        return request with
        {
            Text = text,
            Extensions = Extend(request.Extensions, transcript.Instructions),
            Functions = Add(request.Functions),
        };
    }

    private IReadOnlyList<FunctionDefinition>? Add(IReadOnlyList<FunctionDefinition>? others) =>
        others is null ? functions.Definitions : [.. others, .. functions.Definitions ?? []];

    private static RunExtensions? Extend(RunExtensions? extensions, string? instructions) => instructions is null
        ? extensions
        : (extensions ?? new RunExtensions()) with { Backstory = Join(extensions?.Backstory, instructions) };

    private static string? Join(string? first, string? second) =>
        first is null || second is null ? first ?? second : first + "\n\n" + second;

    private static MessageCreateRequest Stored(ConversationMessage message) =>
        new() { Type = message.Type, Text = message.Text, Meta = message.Meta };

    /// <summary>A caller that relies on the stored conversation sends results only. Their calls are stored there.</summary>
    private async Task FindCallsAsync(Transcript transcript, CancellationToken cancellationToken)
    {
        if (!transcript.UnknownCalls.Any())
            return;
        var stored = await api.Conversation.Message.ListAsync(
            ConversationId!,
            new MessageListRequest { Order = ListOrder.Descending, Take = StoredMessages },
            cancellationToken).ConfigureAwait(false);
        foreach (var message in stored.Items)
        {
            if (message.Type == MessageType.Activity && Activity.Read(message.Meta, message.Id) is { IsResponse: false } call)
                transcript.AddCall((call with { Name = functions.Names.ToOwn(call.Name) }).ToCall(informational: false));
        }
    }
}

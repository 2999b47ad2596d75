using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatBotKit.Server.ModelProviders.Answers;
using ChatBotKit.Server.ModelProviders.OpenAi.Answers;
using ChatBotKit.Server.ModelProviders.OpenAi.Failures;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>A provider that calls any endpoint with OpenAI's streaming <c>/chat/completions</c>.</summary>
internal sealed class OpenAiProvider : IModelProvider
{
    public const string ProviderName = "openai";

    private readonly OpenAiOptions _options;
    private readonly TimeProvider _clock;
    private readonly OpenAiFailures _failures;
    private readonly OpenAiSender _sender;

    public OpenAiProvider(OpenAiOptions options, HttpClient http, TimeProvider clock, ILogger<OpenAiProvider>? logger = null)
    {
        (_options, _clock) = (options, clock);
        _failures = new OpenAiFailures(options, clock);
        _sender = new OpenAiSender(options, http, _failures, clock, logger);
        Models = OpenAiModels.Describe(options.Models);
    }

    public string Name => ProviderName;

    public IReadOnlyList<ModelDescription> Models { get; }

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var limit = new SilenceLimit(_options.FirstByteTimeout, _clock, cancellationToken);
        var names = ToolNames.Of(request);
        using var response = await _sender.AskAsync(request, names, limit, cancellationToken);
        limit.Duration = _options.SilenceTimeout;
        await using var body = await OpenAsync(response, limit);
        var answer = new OpenAiAnswer(new OfferedTools(request, names));
        var reader = new OpenAiChunkReader();
        using var chunks = new OpenAiChunkStream(body, reader);
        while (await MoveNextAsync(chunks, answer, limit, cancellationToken))
        {
            body.EventEnded();
            var chunk = chunks.Current;
            answer.Add(chunk);
            if (answer.IsFinished)
                limit.Duration = _options.AfterFinishTimeout;
            if (!string.IsNullOrEmpty(chunk.Reasoning))
                yield return ModelEvent.OfReasoning(chunk.Reasoning);
            if (!string.IsNullOrEmpty(chunk.Text))
                yield return ModelEvent.OfText(chunk.Text);
            Check(chunk, answer, reader);
            if (chunk.IsDone)
                break;
        }

        if (!answer.MayEndHere)
            throw answer.HasBegun ? _failures.Broken() : _failures.NotUnderstood();
        foreach (var last in Complete(answer, reader))
            yield return names.Restore(last);
    }

    private async Task<LimitedStream> OpenAsync(HttpResponseMessage response, SilenceLimit limit)
    {
        try
        {
            var body = await BodyEncoding.OpenAsync(response.Content, limit.Token);
            return new LimitedStream(body, limit, _options.MaxEventBytes, _options.MaxAnswerBytes);
        }
        catch (BodyEncodingException e)
        {
            throw _failures.NotDecoded(e);
        }
    }

    /// <exception cref="ModelProviderException">The answer has failed, or is too large.</exception>
    private void Check(in OpenAiChunk chunk, OpenAiAnswer answer, OpenAiChunkReader reader)
    {
        if (chunk.Error is not null)
            throw _failures.InStream(chunk.Error);
        if (answer.HasFailed)
            throw _failures.InStream(new OpenAiError("it ended the answer as failed", ""));
        if ((chunk.ToolCalls is not null && answer.CallCharacters > _options.MaxAnswerCharacters)
            || reader.FieldCharacters > _options.MaxAnswerCharacters)
            throw AnswerLimit.Exceeded(Name, _options.MaxAnswerCharacters);
    }

    private ValueTask<bool> MoveNextAsync(
        OpenAiChunkStream chunks, OpenAiAnswer answer, SilenceLimit limit, CancellationToken cancellationToken)
    {
        var next = chunks.MoveNextAsync(limit.Token);
        return next.IsCompletedSuccessfully ? next : AwaitNextAsync(next, answer, limit, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AwaitNextAsync(
        ValueTask<bool> next, OpenAiAnswer answer, SilenceLimit limit, CancellationToken cancellationToken)
    {
        try
        {
            return await next;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException or JsonException or InvalidDataException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // After the model has sent its finish reason the answer is complete, so a failure is ignored.
            if (answer.IsFinished)
                return false;
            if (limit.IsExceeded)
                throw _failures.Silent(limit.Duration);
            throw e switch
            {
                BodyEncodingException encoding => _failures.NotDecoded(encoding),
                JsonException => _failures.NotUnderstood(e),
                InvalidDataException => _failures.TooLarge(e),
                _ => _failures.Broken(e),
            };
        }
    }

    private List<ModelEvent> Complete(OpenAiAnswer answer, OpenAiChunkReader reader)
    {
        try
        {
            var (text, reasoning) = reader.End();
            // Most answers end with only two more events, the usage and the end.
            var last = new List<ModelEvent>(2);
            if (reasoning.Length > 0)
                last.Add(ModelEvent.OfReasoning(reasoning));
            if (text.Length > 0)
                last.Add(ModelEvent.OfText(text));
            answer.Complete(last, reader);
            return last;
        }
        catch (FormatException e)
        {
            throw _failures.NotUnderstood(e);
        }
    }
}

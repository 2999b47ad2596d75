using System.Net.Mime;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>Any endpoint that speaks OpenAI's streaming <c>/chat/completions</c>.</summary>
internal sealed class OpenAiProvider(
    OpenAiOptions options, HttpClient http, TimeProvider timeProvider, ILogger<OpenAiProvider>? logger = null) : IModelProvider
{
    public const string ProviderName = "openai";

    private const int MaxWholeAnswerBytes = 16 * 1024 * 1024;

    private readonly OpenAiFailures _failures = new(options, timeProvider);
    private readonly OpenAiSender _sender = new(options, http, new OpenAiFailures(options, timeProvider), timeProvider, logger);

    public string Name => ProviderName;

    public IReadOnlyList<ModelDescription> Models { get; } = OpenAiModels.Describe(options.Models);

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var limit = new SilenceLimit(options.FirstByteTimeout, timeProvider, cancellationToken);
        var names = ToolNames.Of(request);
        using var response = await _sender.AskAsync(request, names, limit, cancellationToken);
        limit.Duration = options.SilenceTimeout;
        var answer = new OpenAiAnswer();
        await using var body = IsWhole(response) ? null : await OpenAsync(response, limit);
        // One enumerator for all tokens: each one more between would cost as much as the log line of a token.
        await using var chunks = (body is null ? ReadWholeAsync(response, limit) : ReadChunksAsync(body, limit)).GetAsyncEnumerator(CancellationToken.None);
        while (await MoveNextAsync(chunks, answer, limit, cancellationToken))
        {
            body?.EventEnded();
            var chunk = chunks.Current.Data;
            if (chunk.Error is not null)
                throw _failures.InStream(chunk.Error);
            answer.Add(chunk);
            if (answer.IsFinished)
                limit.Duration = options.AfterFinishTimeout;
            if (!string.IsNullOrEmpty(chunk.Reasoning))
                yield return ModelEvent.OfReasoning(chunk.Reasoning);
            if (!string.IsNullOrEmpty(chunk.Text))
                yield return ModelEvent.OfText(chunk.Text);
            if (chunk.IsDone)
                break;
        }

        if (!answer.IsFinished)
            throw answer.HasBegun ? _failures.Broken() : _failures.NotUnderstood();
        foreach (var last in Complete(answer))
            yield return names.Restore(last);
    }

    private static bool IsWhole(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType == MediaTypeNames.Application.Json;

    private async Task<LimitedStream> OpenAsync(HttpResponseMessage response, SilenceLimit limit) => new(
        await response.Content.ReadAsStreamAsync(limit.Token), limit, options.MaxEventBytes, options.MaxAnswerBytes);

    private static IAsyncEnumerable<SseItem<OpenAiChunk>> ReadChunksAsync(LimitedStream body, SilenceLimit limit) =>
        SseParser.Create(body, static (_, data) => OpenAiChunkReader.Read(data)).EnumerateAsync(limit.Token);

    /// <summary>Some servers ignore <c>stream</c> and answer with one JSON object.</summary>
    private static async IAsyncEnumerable<SseItem<OpenAiChunk>> ReadWholeAsync(HttpResponseMessage response, SilenceLimit limit)
    {
        limit.Start();
        await response.Content.LoadIntoBufferAsync(MaxWholeAnswerBytes, limit.Token);
        var body = await response.Content.ReadAsByteArrayAsync(limit.Token);
        limit.Stop();
        var chunk = OpenAiChunkReader.Read(body);
        yield return new SseItem<OpenAiChunk>(chunk with { IsDone = chunk.Text is not null || chunk.ToolCalls is not null });
    }

    private ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<SseItem<OpenAiChunk>> chunks, OpenAiAnswer answer, SilenceLimit limit,
        CancellationToken cancellationToken)
    {
        var next = chunks.MoveNextAsync();
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
            // Whatever happens after the model said that it is finished takes nothing away from its answer.
            if (answer.IsFinished)
                return false;
            if (limit.IsExceeded)
                throw _failures.Silent(limit.Duration);
            throw e switch
            {
                JsonException => _failures.NotUnderstood(e),
                InvalidDataException => _failures.TooLarge(e),
                _ => _failures.Broken(e),
            };
        }
    }

    private List<ModelEvent> Complete(OpenAiAnswer answer)
    {
        try
        {
            return [.. answer.Complete()];
        }
        catch (FormatException e)
        {
            throw _failures.NotUnderstood(e);
        }
    }
}

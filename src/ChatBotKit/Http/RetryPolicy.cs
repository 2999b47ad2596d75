using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Polly;
using Polly.Retry;

namespace ChatBotKit;

/// <summary>Decides which failed tries are repeated, and when.</summary>
internal sealed class RetryPolicy
{
    private static readonly ResiliencePropertyKey<ApiRequest> RequestKey = new("request");
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    // The knowledge about servers is stored per HTTP client, which clients of several users may share.
    private static readonly ConditionalWeakTable<HttpClient, ConcurrentDictionary<string, bool>> Known = [];

    // Servers that recognize a repeated POST by its key announce it in every answer.
    private readonly ConcurrentDictionary<string, bool> _originsWithIdempotency;
    private readonly ChatBotKitClientOptions _options;
    private readonly ResiliencePipeline _default;

    public RetryPolicy(ChatBotKitClientOptions options)
    {
        _options = options;
        _originsWithIdempotency = options.HttpClient is { } http ? Known.GetValue(http, static _ => NewOrigins()) : NewOrigins();
        _default = Build(options.Retries, options.RetryDelay);
    }

    public void LearnFrom(ApiRequest request, HttpResponseMessage response)
    {
        if (Failure.HeaderOf(response, "Idempotency-Key-Supported") == "true")
            _originsWithIdempotency.TryAdd(request.Origin, true);
    }

    /// <summary>Whether the server is known to recognize a repeated POST.</summary>
    public bool Recognises(ApiRequest request) => request.IdempotencyKey is not null && _originsWithIdempotency.ContainsKey(request.Origin);

    /// <summary>Whether the answer of a run was lost although the run may continue.</summary>
    public bool MayFollow(ApiRequest request, ChatBotKitException failure) =>
        request is { StartsRun: true, IsNotFollowed: false }
        && failure is { IsTransient: true, IsOfApi: false } && failure.Code != ClientErrorCodes.ConnectionFailed
        && !FailureStatus.IsUnhandled(failure.StatusCode)
        && (request.Options.Retries ?? _options.Retries) > 0;

    public async Task<T> ExecuteAsync<T>(
        ApiRequest request, Func<ApiRequest, CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        var pipeline = request.Options is { Retries: null, RetryDelay: null }
            ? _default
            : Build(request.Options.Retries ?? _options.Retries, request.Options.RetryDelay ?? _options.RetryDelay);
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(RequestKey, request);
        try
        {
            return await pipeline.ExecuteAsync(
                static async (context, state) => await state.action(state.request, context.CancellationToken).ConfigureAwait(false),
                context,
                (action, request)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Waits before a retry, for work that no retry pipeline repeats.</summary>
    public Task DelayAsync(int repetition, CancellationToken cancellationToken)
    {
        var longest = Math.Min(_options.RetryDelay.TotalMilliseconds * Math.Pow(2, repetition), LongestDelay.TotalMilliseconds);
        var delay = TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
        return Task.Delay(delay, _options.TimeProvider, cancellationToken);
    }

    private ResiliencePipeline Build(int retries, TimeSpan delay)
    {
        if (retries <= 0)
            return ResiliencePipeline.Empty;

        return new ResiliencePipelineBuilder { TimeProvider = _options.TimeProvider }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = delay,
                MaxDelay = LongestDelay,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is ChatBotKitException failure
                    && arguments.Context.Properties.TryGetValue(RequestKey, out var request)
                    && MayRepeat(request, failure)),
                DelayGenerator = static arguments => ValueTask.FromResult((arguments.Outcome.Exception as ChatBotKitException)?.RetryAfter),
            })
            .Build();
    }

    private bool MayRepeat(ApiRequest request, ChatBotKitException failure)
    {
        // When the server asks for a longer delay, the caller gets the exception, which contains the delay.
        if (!failure.IsTransient || failure.RetryAfter > LongestDelay || request.IsSpent || MayFollow(request, failure))
            return false;
        if (failure.Code == ClientErrorCodes.ConnectionFailed || request.Method != HttpMethod.Post)
            return true;
        return FailureStatus.IsUnhandled(failure.StatusCode) || _options.RetryUnsafePosts || Recognises(request);
    }

    private static ConcurrentDictionary<string, bool> NewOrigins() => new(StringComparer.OrdinalIgnoreCase);
}

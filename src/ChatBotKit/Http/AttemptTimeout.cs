using Polly;
using Polly.Timeout;

namespace ChatBotKit;

/// <summary>Bounds the time until an answer begins, try by try.</summary>
internal sealed class AttemptTimeout
{
    private static readonly ResiliencePropertyKey<TimeSpan> Limit = new("limit");

    private readonly TimeSpan _default;
    private readonly ResiliencePipeline _pipeline;

    public AttemptTimeout(ChatBotKitClientOptions options)
    {
        _default = options.Timeout;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = options.TimeProvider }
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = static arguments => ValueTask.FromResult(arguments.Context.Properties.GetValue(Limit, Timeout.InfiniteTimeSpan)),
            })
            .Build();
    }

    public async Task<T> ExecuteAsync<T>(ApiRequest request, Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        var limit = request.Options.Timeout ?? _default;
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(Limit, limit);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (context, action) => await action(context.CancellationToken).ConfigureAwait(false),
                context,
                action).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException exception)
        {
            throw TimedOut(request, limit, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            // An HttpClient of the caller's own may have a shorter limit.
            throw TimedOut(request, limit, exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ChatBotKitException TimedOut(ApiRequest request, TimeSpan limit, Exception cause) =>
        new($"The server did not answer within {limit}.", ErrorCodes.Timeout, cause)
        {
            RequestUri = new Uri(request.Url.GetLeftPart(UriPartial.Path)),
            IsTransient = true,
        };
}

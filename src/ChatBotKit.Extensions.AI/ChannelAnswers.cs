using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>
/// Calls functions one after another while their run waits, and publishes their results. When publishing fails, the stream
/// of the run ends at once, because the run would wait for minutes.
/// </summary>
internal sealed class ChannelAnswers(
    ChannelClient channels, CallFunctions functions, IServiceProvider? services, CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentBag<Task> _published = [];
    private volatile ExceptionDispatchInfo? _failure;

    public CancellationToken Token => _stop.Token;

    public void Answer(ChannelWaitEventData wait)
    {
        if (functions.FindByChannel(wait.Channel) is { } function)
            _ = AnswerAsync(function, wait);
    }

    public async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<RunEvent> events)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_failure is not null)
        {
            _failure.Throw();
            throw;
        }
    }

    /// <summary>
    /// Waits for the publications that are in progress, because the run may end before the server has confirmed a result.
    /// </summary>
    public Task WhenPublishedAsync() => Task.WhenAll(_published);

    /// <summary>Stops the functions that are still running. Nobody would read their results.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task AnswerAsync(AIFunction function, ChannelWaitEventData wait)
    {
        try
        {
            var message = await InvokeAsync(function, wait.Function.Args).ConfigureAwait(false);
            var publishing = channels.PublishAsync(wait.Channel, new ChannelPublishRequest { Message = message }, _stop.Token);
            _published.Add(publishing);
            await publishing.ConfigureAwait(false);
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The reader has stopped or another answer has failed, so there is nobody to report to.
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            await _stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task<JsonObject> InvokeAsync(AIFunction function, JsonElement? arguments)
    {
        await _turn.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            var given = new AIFunctionArguments(FunctionJson.ReadArguments(arguments)) { Services = services };
            var result = await function.InvokeAsync(given, _stop.Token).ConfigureAwait(false);
            return new JsonObject { ["result"] = FunctionJson.ToNode(result) };
        }
        catch (Exception) when (!_stop.IsCancellationRequested)
        {
            // The model learns only that the function failed. The details stay in the program.
            return new JsonObject { ["error"] = $"The function {function.Name} failed." };
        }
        finally
        {
            _turn.Release();
        }
    }
}

using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>
/// Calls functions while their run waits, one after another, and publishes what they give. A failure to publish ends the
/// run's stream at once, since the run itself would wait for minutes.
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

    /// <summary>The run may be over before the server has confirmed that it got the result.</summary>
    public Task WhenPublishedAsync() => Task.WhenAll(_published);

    /// <summary>Ends the functions that are still at work; nobody is left who would read their results.</summary>
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
            // The reader has left or another answer has failed; either way there is nobody to tell.
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
            // The model learns that it failed; the details are nobody's business but the program's.
            return new JsonObject { ["error"] = $"The function {function.Name} failed." };
        }
        finally
        {
            _turn.Release();
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>
/// Calls functions while their run waits, and publishes what they give. A failure to publish ends the run's stream at
/// once, since the run itself would wait for minutes.
/// </summary>
internal sealed class ChannelAnswers(
    ChannelClient channels, CallFunctions functions, IServiceProvider? services, CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly List<Task> _answers = [];

    public CancellationToken Token => _stop.Token;

    public void Answer(ChannelWaitEventData wait)
    {
        if (functions.FindByChannel(wait.Channel) is { } function)
            _answers.Add(AnswerAsync(function, wait));
    }

    public async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<RunEvent> events)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && _stop.IsCancellationRequested)
        {
            await WhenAnsweredAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task WhenAnsweredAsync() => Task.WhenAll(_answers);

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
            var message = await InvokeAsync(function, wait.Function.Args, _stop.Token).ConfigureAwait(false);
            await channels.PublishAsync(wait.Channel, new ChannelPublishRequest { Message = message }, _stop.Token).ConfigureAwait(false);
        }
        catch
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<JsonObject> InvokeAsync(AIFunction function, JsonElement? arguments, CancellationToken token)
    {
        try
        {
            var given = new AIFunctionArguments(FunctionJson.ReadArguments(arguments)) { Services = services };
            var result = await function.InvokeAsync(given, token).ConfigureAwait(false);
            return new JsonObject { ["result"] = FunctionJson.ToNode(result) };
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !token.IsCancellationRequested)
        {
            // The model learns that it failed; the details are nobody's business but the program's.
            return new JsonObject { ["error"] = $"The function {function.Name} failed." };
        }
    }
}

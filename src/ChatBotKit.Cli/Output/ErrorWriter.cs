using System.Net;
using Spectre.Console;

namespace ChatBotKit.Cli.Output;

/// <summary>Writes an error to the error stream: the failure, the address that was called, and a hint.</summary>
internal sealed class ErrorWriter(Surroundings surroundings)
{
    private const string NotServed = "NOT_SERVED";

    public void Write(string message)
    {
        if (surroundings.IsInteractive)
            Consoles.Of(surroundings.Error).Markup("[red]error:[/] ");
        else
            surroundings.Error.Write("error: ");
        surroundings.Error.WriteLine(TerminalText.Clean(message));
    }

    /// <param name="exception">The exception of the call.</param>
    /// <param name="connection">The server that was called, and the source of its address.</param>
    public void Write(ChatBotKitException exception, Connection? connection)
    {
        Write($"{exception.Message} ({exception.Code})");
        var address = exception.RequestUri ?? connection?.Address;
        if (address is not null)
            Hint($"tried: {address.GetLeftPart(UriPartial.Path)}{(connection?.AddressSource is { } source ? $" (address from {source})" : "")}");
        if (exception.Code == NotServed)
            Hint($"The operation exists, but this server does not support it. {connection?.Address}api/v1/spec lists the supported operations.");
        if (exception.StatusCode == HttpStatusCode.Unauthorized && connection?.SecretSource is { } secret)
            Hint($"The API token comes from {secret}.");
        if (exception.RequestId is { } request)
            Hint($"request: {request}");
    }

    public void Hint(string text) => surroundings.Error.WriteLine($"       {TerminalText.Clean(text)}");
}

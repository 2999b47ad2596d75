using System.Net;
using System.Net.Sockets;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>
/// Creates the handlers of all requests to addresses that callers choose. The resolved address is checked when the connection is made,
/// also after a redirect, so that no host name can lead into the server's own network.
/// </summary>
internal sealed class GuardedHttp(UploadOptions options)
{
    /// <summary>Creates a handler that follows no redirects.</summary>
    public SocketsHttpHandler CreateHandler()
    {
        var handler = HttpHandlers.Configure(new SocketsHttpHandler());
        // A proxy would resolve the host names itself.
        handler.UseProxy = false;
        // The ids of traces are for the services of the owner.
        handler.ActivityHeadersPropagator = null;
        handler.ConnectCallback = ConnectAsync;
        return handler;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (!options.AllowPrivateUrls)
            addresses = Array.FindAll(addresses, PublicAddresses.IsPublic);
        if (addresses.Length == 0)
            throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The address of a request is not on the public internet, and the settings do not allow that.</summary>
internal sealed class PrivateAddressException() : IOException("its address is not on the public internet");

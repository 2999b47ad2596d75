using System.Net;
using System.Net.Sockets;

namespace ChatBotKit.Faults.Upstream;

/// <summary>The servers of the faults, shared by all tests of a class.</summary>
public sealed class UpstreamServers : IAsyncLifetime
{
    private readonly Dictionary<UpstreamSetting, UpstreamServer> _servers = [];

    internal FaultyUpstream Model { get; } = new();

    internal UpstreamServer this[UpstreamSetting setting] => _servers[setting];

    public async ValueTask InitializeAsync()
    {
        foreach (var fault in UpstreamFaults.All.Values)
            Model.When(fault.Name, fault.Play);
        Model.When(UpstreamTests.GoOn, one => one.CompleteAsync("Good", " again"));
        _servers[UpstreamSetting.Default] = await UpstreamServer.StartAsync(Model.BaseUrl);
        _servers[UpstreamSetting.Impatient] = await UpstreamServer.StartAsync(Model.BaseUrl, TimeSpan.FromSeconds(1.5));
        _servers[UpstreamSetting.Refused] = await UpstreamServer.StartAsync(ClosedAddress());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
            await server.DisposeAsync();
        await Model.DisposeAsync();
    }

    private static Uri ClosedAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1");
    }
}

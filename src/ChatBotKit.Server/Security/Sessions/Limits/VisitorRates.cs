using System.Net;
using System.Net.Sockets;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Limits how many sessions the visitors of one address create. A network of IPv6 counts as one address, because one caller has all its
/// addresses. Thread-safe.
/// </summary>
internal sealed class VisitorRates(SecurityOptions options, TimeProvider time)
{
    /// <summary>The number of addresses after which the unused ones are dropped. If too many are left, all are dropped.</summary>
    public const int MaxAddresses = 10_000;

    private const int NetworkBytesOfIPv6 = 8;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, SessionRate> _addresses = [];

    /// <summary>The number of addresses in memory.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _addresses.Count;
        }
    }

    /// <summary>Counts a request of a visitor.</summary>
    /// <param name="address">The address; null when the connection has none.</param>
    /// <exception cref="ApiException">429: too many requests from this address.</exception>
    public void Take(IPAddress? address)
    {
        var limit = options.VisitorSessionsPerMinute;
        if (limit == 0)
            return;
        var network = NetworkOf(address ?? IPAddress.None);
        lock (_gate)
        {
            if (!_addresses.TryGetValue(network, out var rate))
            {
                MakeRoom();
                _addresses.Add(network, rate = new SessionRate(limit, Minute / limit, time));
            }

            if (rate.Take() is { } wait)
                throw new ApiException(ErrorCode.TooManyRequests, "Too many sessions are created from this address; try again later", wait);
        }
    }

    private void MakeRoom()
    {
        if (_addresses.Count < MaxAddresses)
            return;
        foreach (var (address, _) in _addresses.Where(one => one.Value.IsUnused).ToList())
            _addresses.Remove(address);
        if (_addresses.Count >= MaxAddresses)
            _addresses.Clear();
    }

    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytesOfIPv6).Clear();
        return new IPAddress(bytes);
    }
}

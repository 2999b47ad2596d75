using System.Net;
using System.Net.Sockets;

namespace ChatBotKit.AdminConsole.SignIn;

/// <summary>
/// Slows down guessing: after five refused sign-ins of an address, each further one has to wait, and twice as long each time.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>The addresses that are remembered. When there are more, the one that failed the longest ago is forgotten.</summary>
    public const int Capacity = 1000;

    private const int Free = 5;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Failures> _failures = [];

    /// <summary>Returns how long the address has to wait; zero when it may try now.</summary>
    public TimeSpan WaitOf(IPAddress? address)
    {
        var now = time.GetUtcNow();
        lock (_gate)
            return _failures.TryGetValue(KeyOf(address), out var known) && known.Until > now ? known.Until - now : TimeSpan.Zero;
    }

    /// <summary>Records a refused sign-in.</summary>
    public void Failed(IPAddress? address)
    {
        var (key, now) = (KeyOf(address), time.GetUtcNow());
        lock (_gate)
        {
            var count = _failures.TryGetValue(key, out var known) && now - known.Last < Memory ? known.Count + 1 : 1;
            if (_failures.Count >= Capacity && known is null)
                _failures.Remove(_failures.MinBy(one => one.Value.Last).Key);
            _failures[key] = new Failures(count, now, now + WaitAfter(count));
        }
    }

    /// <summary>Forgets the failures of an address that has signed in.</summary>
    public void Succeeded(IPAddress? address)
    {
        lock (_gate)
            _failures.Remove(KeyOf(address));
    }

    private static TimeSpan WaitAfter(int count) => count < Free
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(count - Free, 10)));

    /// <summary>A holder of IPv6 addresses has a network of them, so the network counts.</summary>
    private static string KeyOf(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private sealed record Failures(int Count, DateTimeOffset Last, DateTimeOffset Until);
}

using System.Xml.Linq;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Stores keys in the database, so that servers need no shared directory. The interface is synchronous, so its methods block the
/// calling thread.
/// </summary>
internal sealed class StoredKeys(IStore store, TimeProvider time) : IXmlRepository
{
    // The prefix of the names of key files.
    private const string RingPrefix = "key-";

    /// <summary>Returns the text of a key, and creates the key if it does not exist. If two servers create it, the first one wins.</summary>
    public string ReadOrAdd(string name, Func<string> create) =>
        List(name).FirstOrDefault(key => key.Name == name)?.Value ?? Add(name, create());

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. List(RingPrefix).Select(key => XElement.Parse(key.Value))];

    public void StoreElement(XElement element, string friendlyName) =>
        Add(friendlyName.StartsWith(RingPrefix, StringComparison.Ordinal) ? friendlyName : RingPrefix + friendlyName, element.ToString());

    // Runs on the thread pool, so that it never needs the blocked thread.
    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();

    private List<StoredKeyRow> List(string prefix) =>
        Wait(() => store.QueryAsync(db => db.ListStoredKeysAsync(prefix), CancellationToken.None).AsTask());

    private string Add(string name, string value)
    {
        var key = new StoredKeyRow { Name = name, Value = value, CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds() };
        try
        {
            return Wait(() => store.ChangeAsync(db => db.AddStoredKeyAsync(key), CancellationToken.None)).Value;
        }
        catch (DuplicateKeyException)
        {
            return ReadOrAdd(name, () => value);
        }
    }
}

using System.Collections;

namespace ChatBotKit.Server.Http;

/// <summary>A page that ends before its number of items, because these are large: more follow behind its last item.</summary>
internal sealed class CutPage<T>(IReadOnlyList<T> items) : IReadOnlyList<T>
{
    public int Count => items.Count;

    public T this[int index] => items[index];

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

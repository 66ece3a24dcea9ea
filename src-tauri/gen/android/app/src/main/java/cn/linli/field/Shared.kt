package cn.linli.field

import android.content.ContentResolver
import android.content.Context
import android.content.Intent
import android.net.Uri
import androidx.core.content.IntentCompat

/**
 * Pictures that other apps have shared into this one and that wait to be taken in. Only where they
 * lie is kept, and only in memory: nothing is copied before a report wants it. Lives on the main
 * thread.
 */
internal object Shared {
  /** More than a report takes is left out, as MOST_SHARED in src/media_source.rs has it. */
  private const val MOST = 9

  private val uris = ArrayDeque<Uri>()

  val waiting: Int
    get() = uris.size

  var leftOut = 0
    private set

  /** Keeps what the intent brings; of any other intent, nothing. */
  fun keep(context: Context, intent: Intent) {
    // The list of recent apps brings the old one again.
    if (intent.flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY != 0) return
    val brought = brought(context, intent)
    val room = MOST - uris.size
    uris.addAll(brought.take(room))
    leftOut += maxOf(0, brought.size - room)
  }

  /** The next, which then waits no more. */
  fun next(): Uri? = uris.removeFirstOrNull()

  fun forget() {
    uris.clear()
    leftOut = 0
  }

  private fun brought(context: Context, intent: Intent): List<Uri> =
    try {
      val all: List<Any?> = when (intent.action) {
        Intent.ACTION_SEND ->
          listOfNotNull(IntentCompat.getParcelableExtra(intent, Intent.EXTRA_STREAM, Uri::class.java))
        Intent.ACTION_SEND_MULTIPLE ->
          IntentCompat.getParcelableArrayListExtra(intent, Intent.EXTRA_STREAM, Uri::class.java).orEmpty()
        else -> emptyList()
      }
      // Older Androids don't look at what is in the list.
      all.filterIsInstance<Uri>().filter { isOfAnotherApp(context, it) }
    } catch (e: RuntimeException) {
      // Any app may send anything: what can't be unpacked brings nothing.
      emptyList()
    }

  /** Reading a file's own path, or our own provider, would be done with our rights and not the sender's. */
  private fun isOfAnotherApp(context: Context, uri: Uri): Boolean =
    uri.scheme == ContentResolver.SCHEME_CONTENT && uri.authority?.contains(context.packageName) == false
}

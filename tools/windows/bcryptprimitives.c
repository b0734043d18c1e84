/* Stands in for bcryptprimitives.dll, which Wine 8 lacks: random bytes for cryptography. Into a Wine prefix only. */
__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *buffer, unsigned long length);

__declspec(dllexport) int ProcessPrng(unsigned char *buffer, unsigned long long length)
{
    return SystemFunction036(buffer, (unsigned long)length);
}
